"""The words of the trades are whole: a row for every occupation, each term one that somebody would type, no padding."""

from collections import Counter

from matching.taxonomy import edition_of, occupations
from matching.taxonomy.tables import plain, read_rows

COLUMNS, ROWS = read_rows("occupation_terms")
TERMS = {code: terms.split("|") for code, _, terms in ROWS}
NAMES = {row.code: row.name for row in occupations() if row.level == "职业"}

# Words that stand in every advertisement and so tell no occupation from another.
FILLER = """
    沟通能力 责任心 吃苦耐劳 团队合作 团队协作 办公软件 管理 工作 服务 技术 操作 生产 维修 检验 设计 销售 安装 调试 制造 加工
    装配 维护 检测 检查 测试 研究 分析 开发 施工 运行 运营 记录 培训 学习 指导 咨询 评估 规划 质量 安全 设备 产品 工艺 工程
    项目 业务 专业 企业 公司 员工 人员 工人 普工 工程师 技术员 技师 操作工 学徒 班长 证书 上岗证 其他
"""


def test_the_edition_and_the_columns() -> None:
    edition = edition_of("occupation_terms")
    assert (edition.standard, edition.edition, edition.date) == ("融桥 职业用语表", "第1版", "2026-11")
    assert COLUMNS == ["code", "name", "terms"]
    assert {len(row) for row in ROWS} == {3}


def test_every_occupation_has_its_row_in_the_order_of_the_classification() -> None:
    assert [row[0] for row in ROWS] == list(NAMES)
    assert [row[:2] for row in ROWS if NAMES[row[0]] != row[1]] == []
    assert len(ROWS) == 1632


def test_rows_are_neither_thin_nor_endless() -> None:
    assert [code for code, terms in TERMS.items() if not 6 <= len(terms) <= 20] == []
    assert sum(map(len, TERMS.values())) >= 16000


def test_no_term_is_empty_ragged_or_twice_in_its_row() -> None:
    assert [code for code, terms in TERMS.items() if not all(map(plain, terms))] == []
    assert [
        (code, term) for code, terms in TERMS.items() for term in terms if term != " ".join(term.split())
    ] == []
    assert [code for code, terms in TERMS.items() if len(set(map(plain, terms))) != len(terms)] == []


def test_terms_are_terms_and_not_sentences() -> None:
    assert [term for terms in TERMS.values() for term in terms if not 2 <= len(term) <= 16] == []
    assert [
        term for terms in TERMS.values() for term in terms if set(term) & set("，。；、：,;:!?！？")
    ] == []
    lengths = Counter(len(term) <= 12 for terms in TERMS.values() for term in terms)
    assert lengths[False] <= lengths.total() / 1000


def test_no_term_repeats_its_occupation_or_names_another() -> None:
    fragments = [
        (code, term) for code, terms in TERMS.items() for term in terms if plain(term) in plain(NAMES[code])
    ]
    assert fragments == []
    names = set(map(plain, NAMES.values()))
    assert [(code, term) for code, terms in TERMS.items() for term in terms if plain(term) in names] == []


def test_no_filler_and_no_term_that_stands_everywhere() -> None:
    assert [(code, term) for code, terms in TERMS.items() for term in terms if term in FILLER.split()] == []
    rows = Counter(plain(term) for terms in TERMS.values() for term in terms)
    assert [term for term, count in rows.items() if count > 40] == []
    assert sum(count == 1 for count in rows.values()) >= 0.85 * len(rows)
