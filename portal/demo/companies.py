"""The demo's taxonomy and companies. All of them are invented."""

from typing import NamedTuple

# name, synonyms
INDUSTRIES = [
    ("Healthcare", ["hospital", "hospitals", "medical", "clinic", "health care"]),
    ("Banking", ["bank", "banks", "retail banking"]),
    ("Insurance", ["insurer", "insurers"]),
    ("Manufacturing", ["manufacturer", "industrial", "factory"]),
    ("Retail", ["retailer", "shops", "e-commerce"]),
    ("Logistics", ["transport", "freight", "shipping"]),
    ("Energy", ["utility", "utilities", "power"]),
    ("Public sector", ["government", "city", "municipality"]),
    ("Education", ["university", "school", "schools"]),
    ("Telecommunications", ["telecom", "telco"]),
    ("Media", ["broadcasting", "publishing", "entertainment"]),
    ("Software", ["saas", "technology", "tech", "it"]),
]

PRODUCTS = [
    ("Relay", ["relay integration", "integration platform"]),
    ("Insight", ["insight analytics"]),
    ("Fieldwork", ["field service app"]),
    ("Vault", ["document archive"]),
]

USE_CASES = [
    ("Process automation", ["automation", "workflow"]),
    ("Reporting", ["dashboards", "analytics"]),
    ("System integration", ["integration", "interfaces"]),
    ("Mobile work", ["field service", "mobile"]),
    ("Records and compliance", ["compliance", "audit", "archive"]),
]

TOPICS = [
    ("Change management", []),
    ("Data quality", []),
    ("Migration from SAP", ["sap"]),
    ("Working with the works council", []),
    ("Small teams", []),
    ("Security", ["information security"]),
]


class Company(NamedTuple):
    name: str
    industry: str
    country: str
    employees: int
    products: tuple
    use_case: str


COMPANIES = [
    Company("Marlow Street Clinics", "Healthcare", "GB", 3_400, ("Vault", "Insight"), "Records and compliance"),
    Company("Klinikverbund Isartal", "Healthcare", "DE", 9_100, ("Relay", "Vault"), "System integration"),
    Company("Santa Brígida Hospitals", "Healthcare", "BR", 12_500, ("Relay",), "System integration"),
    Company("Harbour Lights Care", "Healthcare", "AU", 850, ("Fieldwork",), "Mobile work"),
    Company("Prairie Regional Health", "Healthcare", "CA", 6_700, ("Insight", "Relay"), "Reporting"),
    Company("Banco Ribera Norte", "Banking", "ES", 5_800, ("Relay", "Insight"), "Process automation"),
    Company("Fjordbank", "Banking", "NO", 1_200, ("Vault",), "Records and compliance"),
    Company("Cedar & Main Savings", "Banking", "US", 640, ("Insight",), "Reporting"),
    Company("Lotus Crescent Bank", "Banking", "SG", 7_300, ("Relay", "Vault"), "System integration"),
    Company("Caisse du Littoral", "Banking", "FR", 3_100, ("Vault", "Insight"), "Process automation"),
    Company("Almgren Sakförsäkring", "Insurance", "SE", 2_300, ("Relay",), "Process automation"),
    Company("Northfold Mutual", "Insurance", "US", 4_900, ("Relay", "Insight"), "Process automation"),
    Company("Assicura Lombarda", "Insurance", "IT", 1_750, ("Vault",), "Records and compliance"),
    Company("Te Awa Cover", "Insurance", "NZ", 310, ("Insight",), "Reporting"),
    Company("Veldhuis Verzekeringen", "Insurance", "NL", 980, ("Relay", "Fieldwork"), "Mobile work"),
    Company("Brandt Antriebstechnik", "Manufacturing", "DE", 2_600, ("Fieldwork", "Insight"), "Reporting"),
    Company("Ostrava Precision", "Manufacturing", "CZ", 720, ("Insight",), "Reporting"),
    Company("Keller Ridge Tools", "Manufacturing", "US", 1_900, ("Relay",), "System integration"),
    Company("Minato Kogyo Parts", "Manufacturing", "JP", 4_400, ("Relay", "Insight"), "System integration"),
    Company("Bajío Metalworks", "Manufacturing", "MX", 3_300, ("Fieldwork",), "Mobile work"),
    Company("Pohjola Paper Machines", "Manufacturing", "FI", 1_100, ("Insight", "Vault"), "Reporting"),
    Company("Tamarind Home", "Retail", "IN", 5_200, ("Insight",), "Reporting"),
    Company("Greengate Grocers", "Retail", "GB", 14_000, ("Relay", "Insight"), "System integration"),
    Company("Maison Verrier", "Retail", "FR", 460, ("Relay",), "Process automation"),
    Company("Bluebarn Outfitters", "Retail", "US", 2_150, ("Insight", "Relay"), "Reporting"),
    Company("Kwela Stores", "Retail", "ZA", 3_900, ("Fieldwork",), "Mobile work"),
    Company("Polana Market", "Retail", "PL", 1_600, ("Vault",), "Process automation"),
    Company("Rhein-Maas Spedition", "Logistics", "DE", 1_350, ("Fieldwork", "Relay"), "Mobile work"),
    Company("Pelican Bay Freight", "Logistics", "US", 2_800, ("Fieldwork",), "Mobile work"),
    Company("Straits Container Line", "Logistics", "SG", 6_100, ("Relay",), "System integration"),
    Company("Andes Cargo", "Logistics", "CL", 890, ("Vault", "Fieldwork"), "Records and compliance"),
    Company("Lowland Parcel", "Logistics", "BE", 1_450, ("Insight",), "Reporting"),
    Company("Windward Grid", "Energy", "DK", 1_700, ("Fieldwork", "Insight"), "Mobile work"),
    Company("Sierra Alta Water", "Energy", "US", 420, ("Fieldwork",), "Mobile work"),
    Company("Stadtwerke Lindental", "Energy", "DE", 980, ("Vault", "Relay"), "Process automation"),
    Company("Ilanga Solar", "Energy", "ZA", 260, ("Insight",), "Reporting"),
    Company("Tasman Power", "Energy", "AU", 2_050, ("Relay", "Fieldwork"), "System integration"),
    Company("City of Elmbridge Falls", "Public sector", "US", 1_250, ("Vault",), "Records and compliance"),
    Company("Gemeente Oosterwaard", "Public sector", "NL", 540, ("Relay",), "Process automation"),
    Company("Kommune Vestbygd", "Public sector", "NO", 780, ("Vault", "Relay"), "Records and compliance"),
    Company("Landesamt für Wegebau Süd", "Public sector", "AT", 1_900, ("Fieldwork",), "Mobile work"),
    Company("Province of Lakemont", "Public sector", "CA", 8_200, ("Insight",), "Reporting"),
    Company("Calder University", "Education", "GB", 3_800, ("Relay", "Insight"), "System integration"),
    Company("Instituto Alameda", "Education", "MX", 1_100, ("Vault",), "Process automation"),
    Company("Kashi Valley Schools", "Education", "IN", 2_400, ("Insight",), "Reporting"),
    Company("Hochschule Seenplatte", "Education", "DE", 640, ("Relay",), "System integration"),
    Company("Bright Delta Telecom", "Telecommunications", "NG", 4_600, ("Relay", "Insight"), "System integration"),
    Company("Korridor Mobil", "Telecommunications", "DE", 5_500, ("Insight",), "Reporting"),
    Company("Islands Fibre", "Telecommunications", "NZ", 380, ("Fieldwork",), "Mobile work"),
    Company("Onda Clara", "Telecommunications", "PT", 2_900, ("Relay", "Vault"), "Process automation"),
    Company("Lantern Row Publishing", "Media", "GB", 310, ("Vault",), "Records and compliance"),
    Company("Canal Dorado", "Media", "CO", 1_300, ("Relay",), "System integration"),
    Company("Studio Nord Film", "Media", "SE", 190, ("Insight",), "Reporting"),
    Company("Hanover Street Radio", "Media", "US", 150, ("Relay",), "Process automation"),
    Company("Quillfeather Software", "Software", "IE", 270, ("Relay", "Insight"), "System integration"),
    Company("Tidepool Labs", "Software", "US", 120, ("Insight",), "Reporting"),
    Company("Arkadia Systems", "Software", "GR", 340, ("Vault",), "Records and compliance"),
    Company("Nimbus Yard", "Software", "CA", 510, ("Relay",), "Process automation"),
    Company("Sakura Ledger", "Software", "JP", 230, ("Vault", "Insight"), "Process automation"),
    Company("Baltic Loop", "Software", "EE", 95, ("Relay",), "System integration"),
]
