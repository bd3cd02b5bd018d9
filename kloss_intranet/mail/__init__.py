"""The outbox: letters are rows written with what they tell, and delivered afterwards."""
