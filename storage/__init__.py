"""The plan database: all SQL stands here, and only frozen values leave."""
