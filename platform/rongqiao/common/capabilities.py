"""The words that endpoints ask for. Which role has which stands in `parties.roles`."""

POST = "post"  # write and publish the organisation's postings, answer pairings
IMPORT = "import"  # bring in tables for the organisation
MANAGE = "manage"  # the organisation's own record, people, units and switches
REVIEW = "review"  # approve and decline what others submit
AUDIT = "audit"  # read every audit row
OPERATE = "operate"  # the platform itself: imports for others, health, letters
WATCH = "watch"  # read the region's figures

# What would harm many if an account were stolen.
STRONG = frozenset({REVIEW, AUDIT, OPERATE, WATCH})
