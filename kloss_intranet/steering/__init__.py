"""The steering group's closed room: proposals taken up, and dossiers made of members' own words."""
