"""What the page teaches is run as it stands there, over files written as those of a month are."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from feria_inversa.datos_abiertos.escribir import Clase, escribir

SEGUIDO = "ocds-qhatu0-26-1101-00-000001-1-1"
CM = "CM - Contratación Menor (DS 181)"
ANPE = "ANPE - Apoyo Nacional a la Producción y Empleo (DS 181)"


@dataclass
class Publicada:
    fecha: datetime
    contenido: str
    compilado: str | None = None


def _proceso(n: int, modalidad: str, monto: str | None) -> dict[str, Any]:
    valor = {"value": {"amount": monto, "currency": "BOB"}} if monto else {}
    return {
        "ocid": SEGUIDO.replace("000001", f"{n:06}"),
        "id": f"{n}-1",
        "date": f"2026-11-0{n}T10:00:00-04:00",
        "tag": ["tender"],
        "buyer": {"id": "BO-1", "name": "Alcaldía, de «Prueba»"},
        "tender": {"id": str(n), "title": f"Compra {n}", "procurementMethodDetails": modalidad} | valor,
    }


def _publicadas() -> Iterator[Publicada]:
    montos = ((CM, "44999.99"), (CM, "45000.00"), (CM, "50000.00"), (ANPE, "47000.00"), (CM, None))
    for n, (modalidad, monto) in enumerate(montos, 1):
        proceso = _proceso(n, modalidad, monto)
        yield Publicada(datetime(2026, 11, n, tzinfo=UTC), json.dumps(proceso), json.dumps(proceso))
    ganador = {"id": "BO-2", "name": "Textiles Ñandú"}
    suyo = {"ocid": SEGUIDO, "buyer": {"name": "Alcaldía"}}
    adjudica = {"awards": [{"id": "A1", "suppliers": [ganador]}]}
    paga = {"date": "2026-11-29T09:00:00-04:00", "value": {"amount": 44000.50}, "payee": ganador}
    contrata = {"contracts": [{"id": "C1", "implementation": {"transactions": [paga]}}]}
    for dia, marca, mas in ((29, "implementation", contrata), (20, "award", adjudica)):
        acto = suyo | {"id": marca, "date": f"2026-11-{dia}T12:00:00-04:00", "tag": [marca]} | mas
        yield Publicada(datetime(2026, 11, dia, tzinfo=UTC), json.dumps(acto))


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    with ExitStack() as pila:
        archivos = {c: pila.enter_context((tmp_path / c.value).open("w+b")) for c in Clase}
        assert escribir(_publicadas(), archivos) is not None
    return tmp_path


def _ejecutar(codigo: str, carpeta: Path) -> list[str]:
    orden = [sys.executable, "-I", "-X", "utf8", "-W", "error", "-c", codigo]
    return subprocess.run(orden, cwd=carpeta, capture_output=True, text=True, check=True).stdout.splitlines()


def test_lo_que_se_ensena_da_lo_que_debe(carpeta: Path, cliente: Any) -> None:
    pagina = html.fromstring(cliente.get("/datos/aprender").content)

    modalidades, umbral, historia = (
        _ejecutar(codigo.text_content(), carpeta) for codigo in pagina.cssselect("code.python")
    )

    assert modalidades == [f"4 {CM}", f"1 {ANPE}"]
    assert umbral == [
        "2 de 3",
        "45000.00 Alcaldía, de «Prueba» Compra 2",
        "50000.00 Alcaldía, de «Prueba» Compra 3",
    ]
    assert historia == [
        "2026-11-01 tender",
        "2026-11-20 award",
        "  adjudicado a Textiles Ñandú",
        "2026-11-29 implementation",
        "  pagado 2026-11-29 44000.5 Textiles Ñandú",
    ]
