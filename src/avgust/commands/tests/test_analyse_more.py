"""The other analyses of `avgust analyse`: their contracts, defaults and sentences."""

import json

import numpy as np
import pytest

from avgust.cli import main


def run(*arguments):
    with pytest.raises(SystemExit) as done:
        main(["analyse", *(str(argument) for argument in arguments)])
    return done.value.code


@pytest.fixture
def report(capfdbinary):
    def of(*arguments, code=0):
        assert run(*arguments, "--format", "json", "--lang", "en") == code
        return json.loads(capfdbinary.readouterr().out)

    return of


@pytest.fixture
def complaint(capfdbinary):
    def of(*arguments):
        assert run(*arguments, "--lang", "en") == 1
        out, err = capfdbinary.readouterr()
        assert out == b""
        return err.decode()

    return of


def write(path, heading, rows):
    path.write_text("\n".join([",".join(heading), *(",".join(map(str, row)) for row in rows)]), "utf-8")
    return path


@pytest.fixture
def answers(tmp_path):
    """Four hundred persons of two sexes on six items, of which the last is harder for one of them."""
    generator = np.random.default_rng(7)
    sex = generator.integers(0, 2, 400)
    logits = generator.normal(size=(400, 1)) - np.array([-1, -0.5, 0, 0.3, 0.8, 0])
    logits[:, 5] -= 1.5 * sex
    scores = (generator.random((400, 6)) < 1 / (1 + np.exp(-logits))).astype(int)
    rows = [(f"p{n}", "mf"[s], n % 20, *row) for n, (s, row) in enumerate(zip(sex, scores, strict=True))]
    return write(tmp_path / "answers.csv", ["person", "sex", "class", *(f"q{j}" for j in range(1, 7))], rows)


def test_dif_finds_the_item_that_is_harder_for_one_group(answers, report):
    data = report("dif", answers, "--group", "sex", "--focal", "f")
    assert data["flagged_purified"] == ["q6"]
    assert data["n"]["reference"] + data["n"]["focal"] == 400
    last = data["items"][5]
    assert last["mh"]["class"] == "C"
    assert last["mh"]["delta"] < -1.5
    assert last["logistic"]["both"]["df"] == 2
    assert last["logistic"]["uniform"]["p"] < 0.001
    assert last["mh"]["se_delta"] == pytest.approx(2.35 * last["mh"]["se_log_alpha"])


def test_dif_needs_a_group_that_exists(answers, complaint):
    assert "The values are: f, m" in complaint("dif", answers, "--group", "sex", "--focal", "x")
    assert "no column “пол”" in complaint("dif", answers, "--group", "пол", "--focal", "f")


def test_persons_have_abilities_and_fit(answers, report):
    data = report(
        "persons", answers, "--id", "person", "--model", "rasch", "--estimator", "mml", "--draws", 3
    )
    assert [row["person"] for row in data["persons"][:2]] == ["p0", "p1"]
    assert len(data["persons"]) == 400
    extreme = [row for row in data["persons"] if row["status"] == "boundary"]
    assert extreme
    assert {row["score"] for row in extreme} <= {0, 6}
    assert all(row["ml"] is None and row["wle"] is not None and row["eap"] is not None for row in extreme)
    inner = next(row for row in data["persons"] if row["status"] == "converged")
    assert abs(inner["eap"]) < abs(inner["wle"]) < abs(inner["ml"]) or inner["score"] == 3
    assert len(inner["plausible_values"]) == 3


def test_known_parameters_place_other_persons_on_the_same_scale(answers, tmp_path, report):
    calibrated = tmp_path / "items.json"
    assert run("items", answers, "--model", "2pl", "--format", "json", "--output", calibrated) == 0
    again = report("persons", answers, "--model", "2pl")
    known = report("persons", answers, "--parameters", calibrated)
    assert [row["wle"] for row in known["persons"]] == pytest.approx([row["wle"] for row in again["persons"]])


def test_links_of_parameters_go_both_ways(tmp_path, report):
    generator = np.random.default_rng(3)
    a, b = np.exp(generator.normal(0, 0.2, 12)), generator.normal(size=12)
    old = write(tmp_path / "old.csv", ["item", "a", "b"], [(f"i{j}", a[j], b[j]) for j in range(12)])
    rows = [(f"i{j}", a[j] * 1.2, (b[j] - 0.5) / 1.2) for j in range(12)]  # theta_old = 1.2 theta_new + 0.5
    new = write(tmp_path / "new.csv", ["item", "a", "b"], rows)
    data = report("link", old, new)
    for method in ("mean-mean", "mean-sigma", "haebara", "stocking-lord"):
        towards_old = data["methods"][method]["new_to_old"]
        assert (towards_old["A"], towards_old["B"]) == pytest.approx((1.2, 0.5), abs=1e-6)
        towards_new = data["methods"][method]["old_to_new"]
        assert (towards_new["A"], towards_new["B"]) == pytest.approx((1 / 1.2, -0.5 / 1.2), abs=1e-6)
    moved = data["new_items_on_old_scale"][0]
    assert (moved["a"], moved["b"][0]) == pytest.approx((a[0], b[0]), abs=1e-6)
    assert data["true_scores"][5]["old"] == pytest.approx(5, abs=1e-5)


def test_links_of_answers_calibrate_first_and_have_errors(answers, report):
    data = report("link", answers, answers)
    found = data["methods"]["stocking-lord"]["new_to_old"]
    assert (found["A"], found["B"]) == pytest.approx((1, 0), abs=1e-5)
    assert 0 < found["se_A"] < 0.5


def test_files_without_common_items_cannot_be_linked(tmp_path, complaint):
    old = write(tmp_path / "old.csv", ["item", "a", "b"], [("x", 1, 0)])
    new = write(tmp_path / "new.csv", ["item", "a", "b"], [("y", 1, 0)])
    assert "no item in common" in complaint("link", old, new)


@pytest.fixture
def forms(tmp_path):
    generator = np.random.default_rng(5)
    x = np.clip(np.rint(generator.normal(10, 4, 900)), 0, 20).astype(int)
    y = np.clip(np.rint(generator.normal(11, 4, 900)), 0, 20).astype(int)
    return x, y, tmp_path


def test_equating_of_scores_and_of_their_counts_is_the_same(forms, report):
    x, y, folder = forms
    one = report(
        "equate",
        write(folder / "x.csv", ["score"], [(s,) for s in x]),
        write(folder / "y.csv", ["score"], [(s,) for s in y]),
    )
    counts = [
        write(folder / f"{name}n.csv", ["score", "count"], enumerate(np.bincount(v)))
        for name, v in (("x", x), ("y", y))
    ]
    two = report("equate", *counts)
    assert one["methods"]["equipercentile"] == two["methods"]["equipercentile"]
    linear = one["methods"]["linear"]
    assert np.mean(linear["equated"]) - np.mean(linear["x"]) == pytest.approx(1, abs=0.4)
    assert all(0 < error < 1 for error in linear["se"])
    assert one["n"] == {"x": 900, "y": 900}


def test_equating_through_an_anchor(forms, report):
    x, y, folder = forms
    generator = np.random.default_rng(6)
    files = []
    for name, scores in (("x", x), ("y", y)):
        anchor = np.clip(np.rint(scores / 4 + generator.normal(0, 0.7, 900)), 0, 6).astype(int)
        files.append(write(folder / f"{name}.csv", ["total", "anchor"], zip(scores, anchor, strict=True)))
    data = report("equate", *files, "--anchor", "--replications", 20)
    assert set(data["methods"]) >= {
        "tucker", "levine", "chained-linear", "chained-equipercentile", "frequency-estimation",
    }  # fmt: skip
    assert data["weight_of_x"] == 0.5
    assert len(data["scores"]) == x.max() + 1
    named = [
        write(folder / f"named-{file.name}", ["total", "общие"], [line.split(",") for line in lines[1:]])
        for file in files
        for lines in [file.read_text("utf-8").splitlines()]
    ]
    again = report("equate", *named, "--anchor", "общие", "--replications", 20)
    assert again["methods"] == data["methods"]  # the same anchor under a name of its own
    assert (data["anchor"], data["design"]) == ("internal", "anchor")
    outside = report("equate", *named, "--anchor", "общие", "--external", "--replications", 20)
    assert outside["anchor"] == "external"
    assert outside["methods"]["levine"] != data["methods"]["levine"]


def test_equating_of_bad_scores_is_refused(tmp_path, complaint):
    good = write(tmp_path / "x.csv", ["score"], [(1,), (2,)])
    bad = write(tmp_path / "y.csv", ["score"], [(1.5,), (2,)])
    assert "not whole numbers" in complaint("equate", good, bad)
    assert "Which column is the anchor" in complaint("equate", good, good, "--anchor")


@pytest.fixture
def pupils(tmp_path):
    generator = np.random.default_rng(9)
    school = np.repeat(np.arange(40), 25)
    intake = generator.normal(size=1000)
    effect = generator.normal(0, 0.5, 40)
    outcome = 50 + 2 * intake + effect[school] + generator.normal(0, 1, 1000)
    rows = zip([f"s{s}" for s in school], outcome, intake, ["m", "f"] * 500, strict=True)
    return write(tmp_path / "pupils.csv", ["school", "mark", "intake", "sex"], rows), effect


def test_value_added_recovers_what_schools_add(pupils, report):
    file, effect = pupils
    data = report("value-added", file, "--outcome", "mark", "--group", "school", "--covariates", "intake,sex")
    assert list(data["fixed_effects"]) == ["(Intercept)", "intake", "sexm"]
    assert data["fixed_effects"]["intake"]["estimate"] == pytest.approx(2, abs=0.1)
    assert data["variances"]["residual"] == pytest.approx(1, abs=0.15)
    assert [group["group"] for group in data["groups"][:2]] == ["s0", "s1"]
    found = np.array([group["effect"] for group in data["groups"]])
    assert np.corrcoef(found, effect)[0, 1] > 0.85
    assert {"group", "n", "effect", "se"} <= data["groups"][0].keys()
    ml = report("value-added", file, "--outcome", "mark", "--group", "school", "--method", "ml")
    assert ml["variances"]["group"] > 0
    context = report(
        "value-added",
        file,
        "--outcome",
        "mark",
        "--group",
        "school",
        "--covariates",
        "intake",
        "--contextual",
        "intake",
    )
    assert list(context["fixed_effects"]) == ["(Intercept)", "intake", "mean(intake)"]


def test_a_predictor_is_not_taken_for_another_that_begins_alike(tmp_path, report):
    chance = np.random.default_rng(8)
    group, a = np.arange(200) % 12, chance.normal(size=200)
    abc, kind = chance.normal(size=200), np.where(chance.random(200) < 0.5, "x", "y")
    y = a + 2 * abc + chance.normal(size=12)[group] + chance.normal(size=200)
    kind[5], y[5] = "a", np.nan  # a value of a row that is left out makes no indicator
    rows = zip(group, y, a, abc, kind, strict=True)
    file = tmp_path / "pupils.csv"
    cells = ["school,y,a,abc,kind", *(f"s{g},{'' if v != v else v},{p},{q},{k}" for g, v, p, q, k in rows)]
    file.write_text("\n".join(cells), encoding="utf-8")
    said = ("--outcome", "y", "--group", "school", "--covariates", "a,kind", "--contextual", "abc")
    data = report("value-added", file, *said)
    assert list(data["fixed_effects"]) == ["(Intercept)", "a", "kindy", "mean(abc)"]


def test_value_added_of_teachers_is_refused_with_the_act(tmp_path, pupils, report, complaint):
    rows = [(teacher, n % 5 + n % 3) for n in range(40) for teacher in ("Петрова А. Б.", "Иванова В. Г.")]
    by_name = write(tmp_path / "names.csv", ["кто", "балл"], rows)
    assert "02-86" in complaint("value-added", by_name, "--outcome", "балл", "--group", "кто")
    by_head = write(tmp_path / "heads.csv", ["Учитель", "балл"], [(who[:3], score) for who, score in rows])
    asked = (by_head, "--outcome", "балл", "--group", "Учитель")
    assert "“Учитель”" in complaint("value-added", *asked)
    assert report("value-added", *asked, "--procedure", "own")["n_groups"] == 2
    named = [(f"Гимназия № {n % 2} им. А. С. Пушкина", score) for n, (_who, score) in enumerate(rows)]
    school = write(tmp_path / "school.csv", ["школа", "балл"], named)
    assert report("value-added", school, "--outcome", "балл", "--group", "школа")["n"] == 80


def test_value_added_says_what_stands_in_the_way(tmp_path, pupils, report, complaint):
    file, _ = pupils
    assert "is not a number" in complaint("value-added", file, "--outcome", "school", "--group", "sex")
    twice = tmp_path / "twice.csv"
    lines = file.read_text("utf-8").splitlines()
    twice.write_text(
        "\n".join([lines[0] + ",again", *(f"{line},{line.split(',')[2]}" for line in lines[1:])]), "utf-8"
    )
    options = ("--outcome", "mark", "--group", "school", "--covariates", "intake,again")
    data = report("value-added", twice, *options, code=1)
    assert data["status"] == "unidentified"
    assert data["variances"]["group"] is None
    even = write(tmp_path / "even.csv", ["g", "y"], [(n % 5, (n * 7919) % 13) for n in range(65 * 5)])
    data = report("value-added", even, "--outcome", "y", "--group", "g")
    assert data["status"] == "boundary"
    assert data["variances"]["group"] == 0
    assert data["notes"]


NO_EFFECT = [
    (
        "one pupil in each school",
        lambda n: (f"s{n}", n % 7, n % 5),
        "unidentified",
        "Each group has one person",
    ),
    ("the same mark for all", lambda n: (f"s{n % 6}", 7, n % 5), "unidentified", "the same for everybody"),
    (
        "a mark by the intake",
        lambda n: (f"s{n % 6}", 3 * (n % 5) + 1, n % 5),
        "unidentified",
        "give the outcome",
    ),
    ("the same intake for all", lambda n: (f"s{n % 6}", n % 7, 3), "unidentified", "depend on each other"),
    ("one school", lambda n: ("s", n % 7, n % 5), "too_few", ""),
]


@pytest.mark.parametrize(
    ("row", "status", "said"), [case[1:] for case in NO_EFFECT], ids=[case[0] for case in NO_EFFECT]
)
@pytest.mark.parametrize("method", ["reml", "ml"])
def test_value_added_that_cannot_be_told_is_not_printed(tmp_path, report, row, status, said, method):
    file = write(tmp_path / "va.csv", ["g", "y", "x"], [row(n) for n in range(60)])
    options = ("--outcome", "y", "--group", "g", "--covariates", "x", "--method", method)
    data = report("value-added", file, *options, code=1)
    assert (data["status"], data["converged"]) == (status, False)
    assert data["variances"]["group"] is data["variances"]["residual"] is None
    assert all(group["effect"] is None for group in data["groups"])
    assert said in " ".join(data["notes"])


def test_similar_answers_of_a_class_are_found(answers, report):
    lines = answers.read_text("utf-8").splitlines()
    generator = np.random.default_rng(11)
    rows = [line.split(",") for line in lines[1:]]
    extra = [[str(v) for v in generator.integers(0, 2, 24)] for _ in rows]
    pattern = [str(v) for v in generator.integers(0, 2, 24)]
    extra[0], extra[20] = pattern, pattern  # two persons of class 0
    rows[20][3:] = rows[0][3:]
    heading = [*lines[0].split(","), *(f"r{j}" for j in range(24))]
    write(answers, heading, [[*row, *more] for row, more in zip(rows, extra, strict=True)])
    data = report("similarity", answers, "--class", "class", "--id", "person")
    assert ("p0", "p20") in [(pair["first"], pair["second"]) for pair in data["pairs"]]
    assert data["n_pairs"] > 3000


def test_raters_are_compared(tmp_path, report):
    generator = np.random.default_rng(13)
    rows = []
    for work in range(300):
        ability = generator.normal()
        for rater in generator.choice(3, 2, replace=False):
            severity = (-0.7, 0.0, 0.7)[rater]
            scores = [int((generator.logistic(size=2) < ability - severity).sum()) for _ in range(3)]
            rows.append((work, f"R{rater}", *scores))
    file = write(tmp_path / "ratings.csv", ["work", "rater", "k1", "k2", "k3"], rows)
    data = report("raters", file, "--work", "work", "--rater", "rater")
    severity = [row["severity"] for row in data["raters"]]
    assert severity == sorted(severity)
    assert sum(severity) == pytest.approx(0)
    assert severity[2] == pytest.approx(0.7, abs=4 * data["raters"][2]["se"])
    assert len(data["pairs"]) == 3
    assert 0 < data["pairs"][0]["kappa"] < 1


RATERS = [
    ("one rater", lambda n: [(n, "A", n % 3)], "too_few", []),
    ("everything has the same score", lambda n: [(n, "A", 1), (n, "B", 1)], "unidentified", [None]),
    ("full agreement", lambda n: [(n, "A", n % 3), (n, "B", n % 3)], "boundary", [1]),
]


@pytest.mark.parametrize(
    ("rows", "status", "kappas"), [case[1:] for case in RATERS], ids=[case[0] for case in RATERS]
)
def test_raters_who_cannot_be_told_apart(tmp_path, report, rows, status, kappas):
    file = write(tmp_path / "r.csv", ["work", "rater", "k"], [row for n in range(20) for row in rows(n)])
    data = report("raters", file, "--work", "work", "--rater", "rater", code=1)
    assert data["status"] == status
    assert [pair["kappa"] for pair in data["pairs"]] == kappas
    assert all(row["se"] is None for row in data["raters"])


def test_pupils_of_different_classes_are_no_pairs(answers, report):
    rows = [line.split(",") for line in answers.read_text("utf-8").splitlines()]
    alone = write(answers, rows[0], [[*row[:2], n, *row[3:]] for n, row in enumerate(rows[1:])])
    data = report("similarity", alone, "--class", "class")
    assert (data["n_pairs"], data["pairs"]) == (0, [])


def test_raters_without_common_works_are_not_compared(tmp_path, report):
    rows = [(work, "AB"[work % 2], work % 3, (work + 1) % 3) for work in range(20)]
    file = write(tmp_path / "ratings.csv", ["work", "rater", "k1", "k2"], rows)
    data = report("raters", file, "--work", "work", "--rater", "rater", code=1)
    assert data["status"] == "unidentified"
    assert data["raters"][0]["severity"] is None
