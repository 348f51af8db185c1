"""Which company an e-mail address belongs to, by its domain. Pure."""

PUBLIC_MAIL = frozenset(
    "aol.com bluewin.ch comcast.net duck.com fastmail.com freenet.de free.fr gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net "
    "googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr icloud.com laposte.net libero.it live.com mac.com "
    "mail.com mail.ru me.com msn.com naver.com orange.fr outlook.com outlook.de outlook.fr pm.me posteo.de proton.me "
    "protonmail.com qq.com seznam.cz t-online.de tutanota.com wanadoo.fr web.de wp.pl yahoo.co.jp yahoo.co.uk yahoo.com "
    "yahoo.de yahoo.fr yandex.com yandex.ru ymail.com zoho.com 126.com 163.com".split()
)


def domains_of(email: str) -> list[str]:
    """The domain of an address and its parents, nearest first; empty for mail anybody can have.

    "a@mail.example.com" gives mail.example.com and example.com, never com.
    """
    labels = email.rpartition("@")[2].strip().lower().rstrip(".").split(".")
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    return [] if PUBLIC_MAIL.intersection(domains) else domains
