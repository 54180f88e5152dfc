"""Our merge is `ocdsmerge`'s, and what a release says is just what was missing."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ocdsmerge
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feria_inversa.datos_abiertos.fusion import diferencia, fusionar

DATOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).resolve().parents[4] / "shared" / "datos"))
ESQUEMA = DATOS / "ocds" / "esquema-1.1.5" / "dereferenced-release-schema.json"
CABECERA = {"ocid", "id", "date", "tag"}

pytestmark = pytest.mark.skipif(not ESQUEMA.exists(), reason="sin los esquemas OCDS (QHATU_DATOS_EXTERNOS)")

texto = st.sampled_from(["uno", "dos", "tres"])
valor = st.fixed_dictionaries({"amount": st.integers(0, 3), "currency": st.just("BOB")})


def lista(elemento: Callable[[str], st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """Objects of the first ids: which there are only grows from one state to the next."""
    return st.tuples(elemento("1"), elemento("2"), elemento("3")).map(list)


def item(id_: str) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"id": st.just(id_), "description": texto},
        optional={
            "classification": st.one_of(
                st.fixed_dictionaries({"scheme": texto, "id": texto}),
                st.just({"scheme": None, "id": None}),
            ),
            "unit": st.fixed_dictionaries({"name": texto, "value": valor}),
            "relatedLots": st.lists(texto, min_size=1, max_size=2),
            "additionalClassifications": st.lists(
                st.fixed_dictionaries({"scheme": st.just("BO-OG"), "id": texto}), min_size=1, max_size=2
            ),
        },
    )


def adjudicacion(id_: str) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"id": st.just(id_), "status": texto, "items": lista(item)}, optional={"description": texto}
    )


def parte(id_: str) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"id": st.just(id_), "roles": st.lists(texto, min_size=1, max_size=2)},
        optional={"additionalIdentifiers": st.lists(st.fixed_dictionaries({"id": texto}), min_size=1)},
    )


def contrato(id_: str) -> st.SearchStrategy[Any]:
    hito = lambda n: st.fixed_dictionaries({"id": st.just(n), "status": texto})  # noqa: E731
    return st.fixed_dictionaries(
        {"id": st.just(id_), "awardID": texto, "status": texto},
        optional={"implementation": st.fixed_dictionaries({"milestones": lista(hito)})},
    )


publico = st.fixed_dictionaries(
    {
        "parties": lista(parte),
        "tender": st.fixed_dictionaries(
            {"id": st.just("t"), "items": lista(item)}, optional={"title": texto, "value": valor}
        ),
    },
    optional={"awards": lista(adjudicacion), "contracts": lista(contrato), "buyer": st.just({"id": "1"})},
)


@given(st.lists(st.tuples(publico, st.integers(1, 3)), min_size=1, max_size=5))
@settings(max_examples=150)
def test_la_fusion_es_la_de_ocdsmerge_y_no_queda_nada_por_decir(historia: list[Any]) -> None:
    fundidor = ocdsmerge.Merger(json.loads(ESQUEMA.read_text(encoding="utf-8")))
    compilado: dict[str, Any] = {}
    releases = []
    cuantos = 0
    for vez, (estado, hay) in enumerate(historia):
        cuantos = max(cuantos, hay)
        estado = _con_los_primeros(estado, cuantos)
        dicho = diferencia({k: v for k, v in compilado.items() if k not in CABECERA}, estado)
        cabecera = {"ocid": "o", "id": str(vez), "date": f"2026-01-0{vez + 1}T00:00:00Z", "tag": ["tender"]}
        releases.append(cabecera | dicho)
        compilado = fusionar(compilado, releases[-1])
        assert compilado == fundidor.create_compiled_release(releases)
        assert diferencia({k: v for k, v in compilado.items() if k not in CABECERA}, estado) == {}


def test_la_partida_que_cambia_no_deja_la_que_era() -> None:
    def con(partida: str) -> dict[str, Any]:
        return {"id": "1", "additionalClassifications": [{"scheme": "BO-OG", "id": partida}]}

    dicho = diferencia({"tender": {"items": [con("21100")]}}, {"tender": {"items": [con("31100")]}})
    cabecera = {"ocid": "o", "id": "2", "date": "2026-01-02T00:00:00Z", "tag": ["tenderAmendment"]}
    assert fusionar({"tender": {"items": [con("21100")]}}, cabecera | dicho)["tender"] == {
        "items": [con("31100")]
    }


def _con_los_primeros(valor: Any, cuantos: int) -> Any:
    if isinstance(valor, dict):
        return {k: _con_los_primeros(v, cuantos) for k, v in valor.items()}
    if isinstance(valor, list) and valor and isinstance(valor[0], dict) and len(valor) == 3:
        return [_con_los_primeros(v, cuantos) for v in valor[:cuantos]]
    return valor


def test_un_release_dice_solo_lo_que_cambia() -> None:
    orden = {"id": "c", "awardID": "a", "status": "pending"}
    uno, dos, tres = ({"id": str(n), "quantity": n} for n in (1, 2, 3))
    antes = {
        "tender": {"id": "t", "title": "a", "items": [uno, dos]},
        "contracts": [orden | {"value": {"amount": 1, "currency": "BOB"}}],
    }
    ahora = {
        "tender": {"id": "t", "items": [uno, dos | {"quantity": 9}, tres]},
        "contracts": [orden | {"value": {"amount": 2, "currency": "BOB"}}],
    }
    assert diferencia(antes, ahora) == {
        "tender": {"id": "t", "items": [{"id": "2", "quantity": 9}, tres], "title": None},
        "contracts": [{"id": "c", "awardID": "a", "value": {"amount": 2, "currency": "BOB"}}],
    }
    assert diferencia(antes, antes) == {}
