"""Pages of the notices: reminders, how to be told, the calendar feed, webhooks and what became of each message."""
