"""What the pages of ownership say and draw: pure, from `kaname.assess.ownership`."""
