"""The themes that the network keeps talking about."""
