from congress_app.quota.listing import listed


def test_a_few_names_are_written_out_and_many_are_counted() -> None:
    assert str(listed([])) == ""
    assert str(listed("ABCDEFGH")) == "A, B, C, D, E, F, G, H"
    assert str(listed(str(n) for n in range(1008))) == "0, 1, 2, 3, 4, 5, 6, 7 và 1.000 mục khác"
