"""Value added and complex samples agree with lme4 and survey."""

import numpy as np
import pytest

from avgust.domain.assessment.replication.errors import (
    Replication,
    estimate,
    share_below,
    weighted_deviation,
    weighted_mean,
)
from avgust.domain.assessment.value_added.group_sums import sum_by_group
from avgust.domain.assessment.value_added.random_intercept import Likelihood, fit_random_intercept
from tests.oracles import data

pytestmark = data.needs_shared


def exam(model: str, likelihood: Likelihood):
    rows = data.rows_of("exam_london_4059.csv")
    schools = list(dict.fromkeys(row["school"] for row in rows))
    group = np.array([schools.index(row["school"]) for row in rows])
    outcome, intake = data.numbers(rows, "normexam", "standLRT").T
    columns = [np.ones(len(rows)), *([intake] if model == "va_randint" else [])]
    return schools, fit_random_intercept(
        sum_by_group(np.column_stack(columns), outcome, group, 65), likelihood
    )


@pytest.mark.parametrize("model", ["null", "va_randint"])
@pytest.mark.parametrize("likelihood", list(Likelihood))
def test_random_intercepts_are_those_of_lme4(model, likelihood):
    schools, found = exam(model, likelihood)
    stated = {row["par"]: row for row in data.reference(f"exam_{model}_{likelihood.value.upper()}.csv")}
    fixed = [row for name, row in stated.items() if row["se"] != "NA"]
    np.testing.assert_allclose(found.fixed, [float(row["est"]) for row in fixed], atol=1e-6)
    np.testing.assert_allclose(found.fixed_errors, [float(row["se"]) for row in fixed], atol=1e-6)
    assert found.between == pytest.approx(float(stated["var_school"]["est"]), abs=1e-6)
    assert found.within == pytest.approx(float(stated["var_Residual"]["est"]), abs=1e-6)
    assert found.loglik == pytest.approx(float(stated["logLik"]["est"]), abs=1e-6)
    if likelihood is Likelihood.REML:
        effects = {
            row["group"]: (float(row["eb"]), float(row["se"]))
            for row in data.reference(f"exam_{model}_eb.csv")
        }
        expected = np.array([effects[school] for school in schools])
        np.testing.assert_allclose(np.column_stack([found.effects, found.effect_errors]), expected, atol=1e-6)


def test_pisa_estimates_are_those_of_survey():
    rows = data.rows_of("pisa2018_sample_3cnt_1269.csv.gz")
    country = np.array([row["cnt"] for row in rows])
    weights = data.numbers(rows, "w_fstuwt")[:, 0]
    replicates = data.numbers(rows, *(f"w_fsturwt{number}" for number in range(1, 81)))
    for row in data.reference("pisa2018_sample_pv_brr_survey.csv"):
        there = country == row["cnt"]
        values = data.numbers(rows, *(f"pv{number}{row['domain']}" for number in range(1, 11)))[there]
        fay = Replication.fay(replicates[there], about_mean=True)
        found = [
            estimate(values, weights[there], fay, s)
            for s in (weighted_mean, weighted_deviation, share_below(420.07))
        ]
        mine = [
            found[0].sampling,
            found[0].imputation,
            *(number for e in found for number in (e.value, e.se)),
        ]
        columns = ("samp_var", "imp_var", "mean", "se_mean", "sd", "se_sd", "share_below_420", "se_share")
        assert mine == pytest.approx([float(row[name]) for name in columns], abs=1e-6)
        assert found[0].n == int(row["n"])
