"""What a briefing is composed from, all of it open to every member."""

from .gathering import Comer, Gathered, Subject, gathered

__all__ = ["Comer", "Gathered", "Subject", "gathered"]
