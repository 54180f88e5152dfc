"""The cases that Cardinal publishes, read in place: every value as it says, and not one more.

`ocdscardinal` of PyPI (0.0.8) only counts fields: it has no indicator to set beside ours.
"""

import json
import os
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from feria_inversa.banderas import cardinal
from feria_inversa.banderas.grupos import CARDINAL, Muestras
from feria_inversa.banderas.juicio import Bandera, NoSeSabe
from feria_inversa.banderas.registro import Registro, de

CASOS = (
    "R003",
    "R003-procurement_method_details-x-5-y-10",
    "R003-procurement_methods-open+selective",
    "R003-threshold-10",
    "R018",
    "R024",
    "R025",
    "R036",
    "R038",
    "R038-tenderer",
)
MINIMOS = {
    "R003": {},
    "R003-procurement_method_details-x-5-y-10": {"x": 5, "y": 10},
    "R003-procurement_methods-open+selective": {},
    "R003-threshold-10": {None: 10},
}
NO_SE_COMPARAN = {"NPC", "EXC"}
"""What those cases call the processes whose prices are not compared, and those that are left out."""
Hallado = dict[str, dict[str, dict[str, Fraction]]]


@pytest.mark.parametrize("caso", CASOS)
def test_lo_que_dice_cardinal(caso: str) -> None:
    carpeta = os.environ.get("QHATU_DATOS_EXTERNOS")
    if carpeta is None:
        pytest.skip("QHATU_DATOS_EXTERNOS: no hay datos de fuera")
    base = Path(carpeta) / "ocds" / "cardinal" / "indicators"
    registros = [
        json.loads(linea, parse_float=Decimal)
        for linea in (base / f"{caso}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    esperado = json.loads((base / f"{caso}.expected").read_text(encoding="utf-8"), parse_float=Fraction)

    assert _hallado(caso, registros) == esperado


def _hallado(caso: str, registros: list[Registro]) -> Hallado:
    codigo, hallado = caso[:4], Hallado()
    muestras = Muestras()
    for registro in registros:
        como = de(registro, "tender", "procurementMethodDetails")
        juicio: object = None
        if codigo == "R003":
            minimos: Mapping[Any, int] = MINIMOS[caso]
            umbral = minimos.get(como, minimos.get(None, 15))
            metodos = cardinal.COMPETITIVOS if "methods" in caso else ()
            juicio = cardinal.r003(registro, umbral, metodos)
        elif codigo == "R018":
            juicio = cardinal.r018(registro)
        elif codigo == "R036" and como not in NO_SE_COMPARAN:
            juicio = cardinal.r036(registro)
        if isinstance(juicio, Bandera):
            _anotar(hallado, "OCID", str(registro["ocid"]), codigo, juicio.valor)
        muestras.sumar(str(registro["ocid"]), registro, precios=como not in NO_SE_COMPARAN)
    if codigo == "R024":
        banderas = muestras.r024(CARDINAL)
        assert not isinstance(banderas, NoSeSabe)
        for ocid, bandera in banderas.items():
            _anotar(hallado, "OCID", ocid, codigo, bandera.valor)
            for quien in bandera.quienes:
                _anotar(hallado, "Tenderer", quien, codigo, Fraction(0))
    if codigo == "R025":
        _anotar_todas(hallado, "Tenderer", codigo, muestras.r025(CARDINAL))
    if codigo == "R038":
        for grupo, razones in (
            ("Buyer", muestras.por_comprador),
            ("ProcuringEntity", muestras.por_convocante),
            ("Tenderer", muestras.por_oferente),
        ):
            _anotar_todas(hallado, grupo, codigo, muestras.r038(razones, CARDINAL))
    return hallado


def _anotar_todas(hallado: Hallado, grupo: str, codigo: str, banderas: dict[str, Bandera] | NoSeSabe) -> None:
    if not isinstance(banderas, NoSeSabe):
        for quien, bandera in banderas.items():
            _anotar(hallado, grupo, quien, codigo, bandera.valor)


def _anotar(hallado: Hallado, grupo: str, quien: str, codigo: str, valor: Fraction) -> None:
    hallado.setdefault(grupo, {}).setdefault(quien, {})[codigo] = valor
