"""The demo region's files, read as a stranger would: enough of it, believable, and nothing that could be real."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

import pytest

from matching.taxonomy.majors import majors
from matching.taxonomy.regions import regions
from rongqiao.demo.offers_and_needs import FILES
from rongqiao.demo.reading import DATA, table
from rongqiao.parties import uscc
from rongqiao.postings import kinds
from rongqiao.postings.life_cycle import OPEN

Row = Mapping[str, str]

COUNTIES = {"500101", "500154", "511702", "511703", "511722", "511723", "511724", "511725", "511781"}
POSITIONS = {"上游", "中游", "下游"}
LEVELS = {"中职": 1, "高职专科": 2, "本科": 3, "硕士": 4, "博士": 5}
REAL = "真实校名；"
SHORTEST_DESCRIPTION = 25
LOWEST_WAGE = 2_100
# Hospitals take nurses and pharmacists in training for an allowance, not for pay.
CLINICS = {"renan", "xixia"}
LOWEST_INTERN_PAY = 0.8 * LOWEST_WAGE
NIGHTS = re.compile("夜班|晚班|倒$|晚到早")


def rows_of_all_files() -> list[Row]:
    return [row for file in FILES for row in table(file)]


def enterprises() -> list[Row]:
    return [row for row in table("organisations") if row["party_type"] == "enterprise"]


def chains() -> dict[str, dict[str, list[Row]]]:
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in enterprises():
        for node in filter(None, row["chain_nodes"].split("、")):
            chain, position, _ = node.split("·")
            found[chain][position].append(row)
    return found


def test_the_region_is_large_enough() -> None:
    sides = Counter(kinds.of(code).side for file, code in FILES.items() for _ in table(file))
    assert len(enterprises()) >= 40
    assert sides["need"] >= 400
    assert sides["offer"] >= 250
    assert {row["region_code"] for row in table("organisations")} == COUNTIES
    assert len({row["industry_code"][:3] for row in enterprises()}) >= 20


def test_each_chain_has_firms_up_and_down_it_in_several_counties() -> None:
    assert len(chains()) >= 6
    for chain, positions in chains().items():
        assert set(positions) == POSITIONS, chain
        firms = [row for rows in positions.values() for row in rows]
        assert len({row["region_code"] for row in firms}) >= 3, chain
    told = (DATA / "README.md").read_text(encoding="utf-8")
    assert all(f"| {chain} |" in told for chain in chains())


def test_keys_and_titles_are_not_repeated() -> None:
    rows = rows_of_all_files()
    assert len({row["key"] for row in rows}) == len(rows)
    offered = [(row["organisation"], row["major_code"]) for row in table("majors")]
    assert len(set(offered)) == len(offered)
    assert max(Counter(row["title"] for row in table("majors")).values()) <= 5
    others = Counter(row["title"] for file in FILES for row in table(file) if file != "majors")
    assert max(others.values()) == 1


def test_no_two_descriptions_share_more_than_half_of_their_four_grams() -> None:
    grams = {row["key"]: four_grams(row["description"]) for row in rows_of_all_files()}
    holders = defaultdict(list)
    for key, found in grams.items():
        for gram in found:
            holders[gram].append(key)
    shared = Counter(pair for keys in holders.values() for pair in combinations(keys, 2))
    alike = {
        pair: count for pair, count in shared.items() if count > min(len(grams[key]) for key in pair) / 2
    }
    assert not alike


def four_grams(text: str) -> set[str]:
    return {text[start : start + 4] for start in range(max(len(text) - 3, 1))}


def test_no_description_is_a_mere_remark_or_names_a_year() -> None:
    short = [row["key"] for row in rows_of_all_files() if len(row["description"]) < SHORTEST_DESCRIPTION]
    assert not short
    dated = [row["key"] for row in rows_of_all_files() if re.search(r"20\d\d ?[年届]", "".join(row.values()))]
    assert not dated


def test_files_are_plain_tables_without_quoting() -> None:
    for path in DATA.glob("*.tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        assert {len(row) for row in rows} == {len(rows[0])}, path.name


def test_names_are_clearly_fictional_or_real_colleges_said_to_be_so() -> None:
    for row in table("organisations"):
        assert row["name"].startswith("演示·") or REAL in row["introduction"], row["name"]
    assert all("演示" in row["name"] for row in table("people"))
    assert all(row["title"].startswith("演示教师·") for row in table("experts"))


def test_credit_codes_are_well_formed_and_issued_by_no_office() -> None:
    codes = [row["uscc"] for row in table("organisations") if row["uscc"]]
    assert len(codes) == len(set(codes)) > 30
    for code in codes:
        assert uscc.is_valid(code), code
        assert regions().get(code[2:8]) is None, code
        assert code[2:8] == "000000", code


def test_phones_and_places_are_nobodys() -> None:
    for row in table("organisations"):
        assert re.fullmatch(r"(000-0000\d{4})?", row["contact_phone"]), row["key"]
        assert row["name"].startswith("演示·") or not row["latitude"], row["key"]
    loose = re.compile(r"1[3-9]\d{9}|\d{3,4}-\d{7,8}|\w@\w+\.|https?:|www\.")
    assert not [row["key"] for row in rows_of_all_files() if loose.search("\t".join(row.values()))]


def test_firms_lie_in_their_counties() -> None:
    placed = [row for row in enterprises() if row["latitude"]]
    assert 40 <= len(placed) < len(enterprises())
    assert {row["region_code"] for row in placed} == COUNTIES
    for row in placed:
        seat = regions().get(row["region_code"])
        assert seat is not None and seat.lat is not None and seat.lng is not None
        assert abs(float(row["latitude"]) - seat.lat) < 0.4, row["key"]
        assert abs(float(row["longitude"]) - seat.lng) < 0.55, row["key"]


@pytest.mark.parametrize("file", ["talent_needs", "internships"])
def test_whoever_asks_for_a_level_names_a_major_of_it(file: str) -> None:
    for row in table(file):
        wanted = min(LEVELS.get(row["degree"], 0), LEVELS["本科"])
        if wanted and row["majors"]:
            assert wanted in set(levels_of(row["majors"].split("、"))), row["key"]


def levels_of(names: Iterable[str]) -> Iterator[int | None]:
    for name in names:
        by_code = majors().get(name)
        yield from [by_code.degree] if by_code else [entry.degree for entry in majors().named(name)]


def test_pay_is_lawful_and_its_bounds_are_in_order() -> None:
    for row in table("talent_needs"):
        low, high = int(row["pay_low"] or LOWEST_WAGE), int(row["pay_high"] or LOWEST_WAGE)
        assert LOWEST_WAGE <= low <= high <= 3.6 * low, row["key"]


def test_interns_are_paid_and_few_enough_except_where_the_gaps_say_so(exceptions: set[str]) -> None:
    """职业学校学生实习管理规定 第九条、第十六条: at most 10 % of the staff and 20 % of a post, 80 % of probation pay."""
    staff = {row["key"]: int(row["staff_total"] or 0) for row in table("organisations")}
    posts = [row for row in table("internships") if row["intern_type"] == "岗位实习"]
    interns: Counter[str] = Counter()
    for row in (row for row in posts if row["key"] not in exceptions and row["status"] in OPEN):
        assert int(row["slots"]) <= 0.2 * int(row["staff_same_post"]), row["key"]
        assert int(row["pay"]) >= 0.8 * int(row["pay_reference"] or 0), row["key"]
        assert int(row["pay"]) >= LOWEST_INTERN_PAY or row["organisation"] in CLINICS, row["key"]
        assert row["degree"] != "中职" or not NIGHTS.search(row["shift"]), row["key"]
        interns[row["organisation"]] += int(row["slots"])
    for organisation, count in interns.items():
        assert count <= max(2, 0.1 * (staff[organisation] or 1_000)), organisation


def test_what_is_closed_is_not_in_the_future() -> None:
    for file, start in (("internships", "from_date"), ("tech_needs", "deadline")):
        for row in table(file):
            if row["status"] in {"expired", "met"} and int(row["age"]) > 365:
                assert row[start].startswith("-"), row["key"]


@pytest.fixture
def exceptions() -> set[str]:
    line = next(
        line
        for line in (DATA / "README.md").read_text(encoding="utf-8").splitlines()
        if "| 违反实习规定 |" in line
    )
    return set(line.split("|")[2].split())
