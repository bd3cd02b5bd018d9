"""The door: sign-in, sessions, invitations and recovery."""
