"""What calendars are written from: meetings as events, time zones as rules, and members' secret addresses."""
