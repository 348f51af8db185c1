"""Words of customers who do not exist, and the tables they stand in, for every benchmark."""

TABLES = [
    "advocacy_activitytype",
    "advocacy_advocate",
    "advocacy_account",
    "advocacy_industry",
    "advocacy_product",
    "advocacy_user",
    "django_session",
]
INDUSTRIES = "Banking Insurance Logistics Retail Healthcare Education Energy Telecom Software Media Chemicals Automotive".split()
PRODUCTS = "Insight Relay Ledgerline Harbor Compass Anchor Beacon Lattice Orchard Quarry Summit Tidewater".split()
TITLES = ["Head of Operations", "Chief Information Officer", "Claims Manager", "VP Finance", "Warehouse Lead", "Data Analyst"]
COUNTRIES = ["DE", "FR", "GB", "US", "CA", "BR", "JP", "AU", "IN", "NL"]
FIRST = (
    "Alder Birch Cedar Dorn Elm Fir Gorse Hazel Ivy Juniper Karst Linden Maple Nettle Oak Pine Quince Rowan Sorrel Thorn".split()
)
SECOND = "Bay Brook Cove Dale Fell Ford Glen Heath Isle Kirk Lea Mere Nook Peak Reach Shaw Tarn Vale Wold York".split()
SENTENCES = [
    "Claims waited nine days because three systems did not agree.",
    "Invoices were typed twice and checked by hand at the end of the month.",
    "The night shift went home on time for the first time in years.",
    "We moved every branch to one queue in the first weeks.",
    "Our auditors asked for proof and the audit took an afternoon.",
    "The warehouse counts its stock every hour instead of every quarter.",
    "Drivers see their next stop before they ask for it.",
    "Nurses spend forty minutes less on paper each shift.",
    "Teachers found the reports they had asked for since 2019.",
    "A customer who called three times now calls once.",
    "Returns fell by 18 percent and nobody had to work a weekend.",
    "Planning for the peak season takes two people, not eleven.",
    "We closed the books on the third working day.",
    "Support tickets about passwords are gone.",
    "The first plant went live in six weeks, the other eleven in a year.",
    "Logistics partners book their own slots at the gate.",
]
