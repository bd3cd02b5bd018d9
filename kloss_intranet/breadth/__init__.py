"""How wide a question is: each member's dot between two named ends, with one sentence why."""
