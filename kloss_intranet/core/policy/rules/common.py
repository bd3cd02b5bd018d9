"""The rows that many rules share."""

from ..predicates import in_network, signed_in

EVERYONE = ((signed_in,),)
NETWORK = ((in_network,),)
