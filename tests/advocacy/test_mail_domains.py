from advocacy.mail_domains import domains_of


def test_the_domain_and_its_parents_nearest_first():
    assert domains_of("ada@mail.eu.Berg.example") == ["mail.eu.berg.example", "eu.berg.example", "berg.example"]


def test_mail_anybody_can_have_matches_no_company():
    assert domains_of("ada@gmail.com") == []
    assert domains_of("ada@hotmail.co.uk") == []


def test_below_a_public_mail_domain_there_is_no_company_either():
    assert domains_of("ada@eu.yahoo.com") == []


def test_a_top_level_domain_alone_never_matches():
    assert "example" not in domains_of("ada@berg.example")
    assert domains_of("ada@localhost") == []
