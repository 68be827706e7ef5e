"""管理后台: what operators may look at. It only reads: every change goes through the rooms' services."""
