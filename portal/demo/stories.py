"""Stories of the demo's customers, two for each industry. Written for the demo; the people and firms are invented."""

from typing import NamedTuple


class Told(NamedTuple):
    headline: str
    outcome: str
    before: str
    how: str
    people: str
    quote: str
    results: tuple  # measure, before, after, unit, period


STORIES = {
    "Healthcare": [
        Told(
            "Discharge letters leave the ward the same day",
            "Patients go home with their letter in hand: 92 percent of letters are signed on the day of discharge, up from 31.",
            "Letters were dictated, typed in another building and signed days later. Family doctors rang the ward to ask what had been done.",
            "One ward started in March. Dictation, draft and signature now sit in one list, and whoever is late sees it first. "
            "Nine wards followed within two quarters, each with a nurse as its guide.",
            "Petra, a ward secretary for twenty years, rewrote the templates herself and trained the other wards.",
            "The family doctors stopped ringing. That is how we knew it worked.",
            (
                ("letters signed on the day of discharge", "31", "92", "percent", "two quarters"),
                ("calls from family doctors", "140", "22", "calls a week", "two quarters"),
            ),
        ),
        Told(
            "Night shifts start with the right medicine cupboard",
            "Missing medicines at the start of a night shift fell from 18 to 3 a week in four months.",
            "Stock lists were on paper and a day old. Nurses walked between wards at night to borrow what was missing.",
            "The pharmacy system and the ward cupboards report to one place every hour, and the evening round fills what the night will need.",
            "The idea came from two night nurses who drew it on the back of a shift plan.",
            "I spend my nights with patients now, not with keys.",
            (("missing medicines at shift start", "18", "3", "items a week", "four months"),),
        ),
    ],
    "Banking": [
        Told(
            "A business account opens in a day, not in two weeks",
            "Opening a business account takes 1 working day instead of 11, with the same checks.",
            "Eleven working days, four systems and a folder that travelled by internal post. One customer in five gave up.",
            "The checks run side by side instead of one after the other, and the customer sees which paper is missing. "
            "Compliance wrote the rules with us line by line.",
            "Two clerks from the branch in the old town sat in every design meeting and had the last word on the screens.",
            "Customers thank us for something they used to complain about.",
            (
                ("time to open a business account", "11", "1", "working days", "three quarters"),
                ("applications given up", "20", "6", "percent", "three quarters"),
            ),
        ),
        Told(
            "The auditors finished early",
            "Evidence for the yearly audit is gathered in 3 days instead of 6 weeks.",
            "Every autumn six people stopped their work to look for signatures in shared folders.",
            "Each approval is filed when it is given, under the control it proves. The audit list fills itself during the year.",
            "Our records officer, close to retirement, says it is the first autumn she took a holiday.",
            "The auditors asked what we would like to do with the remaining two weeks.",
            (("time to gather audit evidence", "30", "3", "working days", "one year"),),
        ),
    ],
    "Insurance": [
        Told(
            "Claims settled in two days instead of nine",
            "Simple claims are settled in 2 days on average, down from 9, with one handler instead of three.",
            "Nine days, three systems, and customers who rang twice before anything happened.",
            "One queue for all branches, with photos and papers in the claim. The easy ones pass straight through; handlers have time for the hard ones.",
            "Jonas in the Malmö branch used the first month to write down every exception. His list became the rule book.",
            "We used to apologise for a living.",
            (
                ("time to settle a simple claim", "9", "2", "days", "two quarters"),
                ("repeat calls", "1.8", "0.4", "calls a claim", "two quarters"),
            ),
        ),
        Told(
            "Storm week without a backlog",
            "After the October storm 4,100 claims were worked off in 8 days; a smaller storm three years before took 41.",
            "A storm meant temporary staff, paper lists and weeks of overtime.",
            "Assessors see the day's route on the phone and file from the roof. The office sees the same picture at the same minute.",
            "Retired assessors came back for the week because the training took an hour.",
            "My team slept at home during storm week. That has never happened before.",
            (("time to work off a storm", "41", "8", "days", "one storm"),),
        ),
    ],
    "Manufacturing": [
        Told(
            "Scrap on line four cut by half",
            "Scrap on line four fell from 6.2 to 2.9 percent within one quarter; it has stayed there for a year.",
            "The reasons for scrap were written on a board and wiped at the end of the shift.",
            "Operators tap the reason on a tablet. The next morning's meeting starts with yesterday's three biggest, and who will try what.",
            "The best idea came from the youngest operator, in her second week.",
            "We stopped guessing in front of the board.",
            (("scrap on line four", "6.2", "2.9", "percent", "one quarter"),),
        ),
        Told(
            "Suppliers know on Monday what we need on Friday",
            "Late parts fell from 130 to 35 a month after orders and forecasts came from one place.",
            "Forecasts went out as a spreadsheet on Thursdays. Some suppliers worked with the one from the week before.",
            "Orders flow straight into the suppliers' systems; the small ones get a page they can open on a phone.",
            "Our buyer visited all forty suppliers herself before we switched anything on.",
            "A supplier told me we have become his easiest customer. I framed the mail.",
            (
                ("late parts", "130", "35", "parts a month", "six months"),
                ("express freight", "48", "11", "thousand a month", "six months"),
            ),
        ),
    ],
    "Retail": [
        Told(
            "Fresh shelves with less waste",
            "Food thrown away fell by 38 percent in 60 shops while fewer shelves stood empty.",
            "Orders were made by feel. On Mondays too much came, on Saturdays too little.",
            "Each shop sees what sold on the same weekday and what the weather will do, and the order is a suggestion the manager can change.",
            "Managers compare notes in a weekly call that nobody is forced to join. Almost everybody does.",
            "I order in ten minutes, and I trust the number.",
            (
                ("food thrown away", "100", "62", "index", "three quarters"),
                ("empty shelves on Saturdays", "7", "3", "percent", "three quarters"),
            ),
        ),
        Told(
            "Returns answered within the hour",
            "Customers hear what happens with a return within 1 hour; it took 4 days.",
            "The shop, the warehouse and the payment team each had their own list of returns.",
            "A return opens one case that all three work on. The customer gets one message, not three.",
            "Two students on a summer job mapped every step and found eleven that nobody needed.",
            "Our most frequent complaint is gone from the top ten.",
            (("time to the first answer", "96", "1", "hours", "five months"),),
        ),
    ],
    "Logistics": [
        Told(
            "Drivers stopped waiting at the gate",
            "Average waiting time at the gate fell from 52 to 14 minutes, for us and for 300 partner drivers.",
            "Papers were checked at the window, in the rain, in the order of arrival.",
            "Papers are checked while the truck is still on the road, and the driver gets a ramp and a time.",
            "Drivers named the app in a vote. The winning name cannot be printed here, so we chose the second.",
            "For the first time drivers ask to come to our depot.",
            (("waiting time at the gate", "52", "14", "minutes", "two quarters"),),
        ),
        Told(
            "Customs papers right the first time",
            "Customs papers sent back fell from 9 to 1 in a hundred.",
            "Six people copied the same weights and codes into four forms.",
            "The data is entered once, checked against last year's declarations, and a person looks only at what is unusual.",
            "Our declarant with the most experience now teaches the system its exceptions instead of typing.",
            "I found my Fridays again.",
            (
                ("papers sent back", "9", "1", "percent", "one year"),
                ("time for one declaration", "38", "9", "minutes", "one year"),
            ),
        ),
    ],
    "Energy": [
        Told(
            "Crews fix it on the first visit",
            "Repairs finished on the first visit rose from 64 to 89 percent.",
            "Crews left without knowing what stood at the site. Half of the second trips were for a missing part.",
            "The job shows photos of the last visit, the parts on the van and who has been there before.",
            "Crews were allowed to delete any field nobody could explain. Forty went.",
            "My people come home earlier. Ask their children.",
            (("finished on the first visit", "64", "89", "percent", "three quarters"),),
        ),
        Told(
            "An outage map people believe",
            "Calls during an outage fell by 70 percent because the map is right within five minutes.",
            "The map was updated by hand, an hour late. Everyone rang.",
            "Meters, crews and the control room feed one map. When a crew changes the estimate, the street sees it.",
            "The control room team recorded the voice messages themselves.",
            "People wave at our vans now. I had forgotten that they could.",
            (("calls during an outage", "1200", "360", "calls an hour", "one winter"),),
        ),
    ],
    "Public sector": [
        Told(
            "A building permit without a paper file",
            "A simple building permit takes 5 weeks instead of 14, and the applicant sees every step.",
            "A cardboard file went from desk to desk. Only its holder knew where it was.",
            "All offices read the same file at the same time, and the clock of each is visible.",
            "The clerks chose the order of the screens. The mayor used it to apply for her own garage.",
            "Citizens ask when, no longer where.",
            (("time for a simple permit", "14", "5", "weeks", "one year"),),
        ),
        Told(
            "Road damage repaired in the order that matters",
            "Dangerous potholes are closed within 2 days; it was 16.",
            "Reports came by phone, by mail and by complaint to the council.",
            "Road wardens photograph damage on their round, and the list sorts itself by traffic and danger.",
            "The wardens are proud of the map and show it in schools.",
            "We repair by danger now, not by loudness.",
            (("time to close a dangerous pothole", "16", "2", "days", "one winter"),),
        ),
    ],
    "Education": [
        Told(
            "No student waits for a certificate",
            "Certificates are issued in 1 hour instead of 8 days, 22,000 a year.",
            "Students queued in September for a paper that somebody printed, stamped and posted.",
            "Students order it on their phone; the system checks the record and signs. The office sees only the odd cases.",
            "The office had feared for its jobs. Today it advises students, which it always wanted to do.",
            "September is now an ordinary month.",
            (("time to issue a certificate", "8", "0", "days", "two terms"),),
        ),
        Told(
            "Advisers see who is slipping away",
            "First-year students who left without a word fell from 14 to 8 percent.",
            "Marks, attendance and library data stood in three systems. Nobody saw the pattern before the exam.",
            "Advisers get a short list on Mondays, with the reason, and ring up. Students can see the same reason.",
            "A student council vote decided which data may be used.",
            "Somebody rang me. I would not be here otherwise, one of our students wrote.",
            (("first-years who left", "14", "8", "percent", "two terms"),),
        ),
    ],
    "Telecommunications": [
        Told(
            "New customers online in three days",
            "From order to working line takes 3 days instead of 17.",
            "An order touched nine systems. When one failed, a colleague found out when the customer rang.",
            "Orders run through one flow that stops visibly and says who has to act.",
            "Planners and technicians share one room and one board; the wall between them was taken down, really.",
            "I can tell a customer the day, and it is that day.",
            (
                ("order to working line", "17", "3", "days", "three quarters"),
                ("orders lost on the way", "4", "0.3", "percent", "three quarters"),
            ),
        ),
        Told(
            "One number for churn that everybody accepts",
            "Monthly reporting takes 1 day instead of 9, and churn fell by 12 percent because we act within the month.",
            "Four teams had four numbers. Meetings were about whose was right.",
            "We agreed on one definition, wrote it down, and each number links to its rows.",
            "The most sceptical analyst became the owner of the definition.",
            "We argue about what to do now.",
            (
                ("time for the monthly report", "9", "1", "days", "two quarters"),
                ("churn", "2.5", "2.2", "percent a month", "two quarters"),
            ),
        ),
    ],
    "Media": [
        Told(
            "Forty years of photographs, found in seconds",
            "Editors find an archive picture in 20 seconds instead of 25 minutes, with its rights beside it.",
            "The archive was a cellar and one colleague's memory.",
            "The scans, the captions and the contracts stand together, and a picture without rights cannot be printed by mistake.",
            "The archivist dictated captions for a year. Half of the newsroom listened in.",
            "My memory is finally backed up.",
            (("time to find a picture", "25", "0.3", "minutes", "one year"),),
        ),
        Told(
            "Every broadcast planned on one page",
            "Changes to the programme reach all channels in 2 minutes; they took an afternoon.",
            "A change was a chain of mails. Twice the wrong film was shown.",
            "Planning, rights and playout read one schedule, and a change shows what it breaks before it is saved.",
            "The night planner tested it for three months against the old way and kept the score on the wall.",
            "The last wrong film was two years ago. We celebrate the date.",
            (("time for a change to reach all channels", "240", "2", "minutes", "six months"),),
        ),
    ],
    "Software": [
        Told(
            "Invoices follow usage without a spreadsheet",
            "Billing closes in 1 day instead of 7, and disputes fell from 40 to 5 a month.",
            "Usage was exported, joined and corrected by hand. Engineers explained invoices on the phone.",
            "Usage events flow into billing as they happen; a customer can open each line down to the event.",
            "Two engineers and one accountant built it in six weeks and now give talks about it together.",
            "Our accountant reads event logs for fun. We did not plan that.",
            (("time to close billing", "7", "1", "days", "two quarters"), ("disputes", "40", "5", "a month", "two quarters")),
        ),
        Told(
            "Support answers with the history in view",
            "First answers that solve the case rose from 41 to 68 percent.",
            "Support saw the ticket, sales saw the contract, engineers saw the logs, nobody saw the customer.",
            "One page shows all of it. It took three weeks, because nothing had to be copied.",
            "A support colleague who answers at night, alone, asked for it, and got it first.",
            "I feel less alone at three in the morning.",
            (("cases solved by the first answer", "41", "68", "percent", "four months"),),
        ),
    ],
}
