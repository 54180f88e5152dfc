"""`qhatu importar sicoes`, `qhatu verify` and the sweep of what was left half way."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from feria_inversa.importar import cargar, importar
from feria_inversa.importar.tareas import cortar_historias
from feria_inversa.importar.verificar import verificar_historia
from nucleo.bd import transaccion
from plataforma.cli import comandos
from plataforma.servidores import ErrorDeArranque
from tests.feria_inversa.importar.ayudas import (
    CABEZA,
    QUIEN,
    consultar,
    cuentas,
    de_bytes,
    renglon,
    todo,
    traer,
)


def _correr(*argumentos: str) -> Any:
    return CliRunner().invoke(comandos, ["importar", "sicoes", *argumentos])


def test_la_orden_trae_dice_e_informa(bd: Engine, tmp_path: Path) -> None:
    ruta, informe = tmp_path / "mes.csv", tmp_path / "informe.csv"
    ruta.write_text(CABEZA + renglon(1) + renglon(1) + "mala\n" + renglon(2, subasta="?"), "utf-8")
    opciones = ("--fuente", "SICOES, por sociedatos", "--visto", "2024-05-01", "--informe", str(informe))
    hecho = _correr(str(ruta), *opciones)
    dice = "4 líneas: 2 nuevas, 1 repetidas, 1 que no se leen; 1 con algo que no se entendió.\n"
    assert (hecho.exit_code, hecho.stdout) == (0, f"mes.csv (convocatorias): {dice}"), hecho.output
    assert consultar(bd, "SELECT fuente, visto_en::text, quien, persona_id FROM feria_historia_archivo") == [
        ("SICOES, por sociedatos", "2024-05-01", "quien opera la plataforma", None)
    ]
    assert len(informe.read_text("utf-8-sig").splitlines()) == 4
    antes = todo(bd)
    assert _correr(str(ruta)).stdout == f"mes.csv (convocatorias): ya estaba. {dice}"
    assert todo(bd) == antes


@pytest.mark.parametrize("contenido", [None, "nada,que,ver\n1,2,3\n"])
def test_la_orden_dice_en_una_linea_por_que_no(bd: Engine, tmp_path: Path, contenido: str | None) -> None:
    ruta = tmp_path / "mes.csv"
    if contenido is not None:
        ruta.write_text(contenido)
    antes = todo(bd)
    hecho = _correr(str(ruta))
    assert isinstance(hecho.exception, ErrorDeArranque)
    assert "mes.csv" in str(hecho.exception)
    assert todo(bd) == antes


def test_un_archivo_malo_no_deja_fuera_a_los_que_siguen(bd: Engine, tmp_path: Path) -> None:
    rutas = [tmp_path / nombre for nombre in ("no_hay.csv", "malo.csv", "mes.csv")]
    rutas[1].write_text("nada,que,ver\n")
    rutas[2].write_text(CABEZA + renglon(1) + "mala\n", "utf-8")
    donde = tmp_path / "informe.csv"
    hecho = _correr(*map(str, rutas), "--informe", str(donde))
    assert isinstance(hecho.exception, ErrorDeArranque)
    dichas = str(hecho.exception).splitlines()
    assert [("no_hay.csv" in d, "malo.csv" in d) for d in dichas] == [(True, False), (False, True)]
    assert hecho.stdout.startswith("mes.csv (convocatorias): 2 líneas: 1 nuevas")
    assert len(donde.read_text("utf-8-sig").splitlines()) == 2
    assert consultar(bd, "SELECT estado, hechos FROM feria_historia_archivo") == [("terminado", 1)]

    peor = str(_correr(str(rutas[0]), "--informe", str(tmp_path / "no" / "hay.csv")).exception).splitlines()
    assert ["No se pudo leer" in peor[0], "No se pudo escribir" in peor[1]] == [True, True]


def test_dice_que_lo_empezado_sigue_como_se_empezo(
    bd: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another day or source is not taken in silence, neither going on nor when it was in."""
    ruta = tmp_path / "mes.csv"
    ruta.write_text(CABEZA + renglon(1) + renglon(2), "utf-8")
    monkeypatch.setattr(cargar, "LOTE", 1)

    def basta(_hecho: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        traer(ruta, progreso=basta, fuente="SICOES, por sociedatos")
    aparte = (
        " Sigue como se empezó, visto el 2024-05-01 y de «SICOES, por sociedatos»: lo pedido no lo cambia.\n"
    )
    assert _correr(str(ruta), "--visto", "2024-07-01").stdout.endswith(f"no se entendió.{aparte}")
    assert _correr(str(ruta), "--fuente", "SICOES").stdout.endswith(f"no se entendió.{aparte}")
    iguales = ("--fuente", "SICOES, por sociedatos", "--visto", "2024-05-01")
    assert _correr(str(ruta), *iguales).stdout.endswith("no se entendió.\n")
    assert consultar(bd, "SELECT fuente, visto_en::text, hechos FROM feria_historia_archivo") == [
        ("SICOES, por sociedatos", "2024-05-01", 2)
    ]


def test_lo_que_quedo_a_medias_se_corta_y_se_puede_empezar_otra_vez(
    bd: Engine, reloj: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in stays, and the same file says it again: nothing is twice."""
    contenido = CABEZA + renglon(1) + renglon(2)
    monkeypatch.setattr(cargar, "LOTE", 1)

    def basta(_hecho: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importar(de_bytes(contenido), QUIEN, progreso=basta)
    reloj.adelantar(timedelta(days=6))
    assert cortar_historias() == 0
    reloj.adelantar(timedelta(days=2))
    assert cortar_historias() == 1
    assert cortar_historias() == 0
    assert cuentas(traer(contenido)) == (2, 1, 1, 0, 0)
    assert consultar(bd, "SELECT estado, hechos FROM feria_historia_archivo ORDER BY id") == [
        ("cortado", 1),
        ("terminado", 1),
    ]


def test_verify_cuenta_las_lineas(bd: Engine, duenio: Engine) -> None:
    traer(CABEZA + renglon(1) + renglon(1) + "mala\n" + renglon(2, subasta="?"))
    with transaccion() as sesion:
        assert verificar_historia(sesion) == []
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_historia_linea DISABLE TRIGGER inmutable"))
        conexion.execute(text("DELETE FROM feria_historia_linea WHERE que = 'repetido'"))
        conexion.execute(text("ALTER TABLE feria_historia_linea ENABLE TRIGGER inmutable"))
    with transaccion() as sesion:
        assert verificar_historia(sesion) == ["el archivo «mes.csv» no cuenta las líneas que hay de él"]
