"""Guards of the whole house: what must hold in every area."""
