"""The page of the authority: a file is uploaded, taken in afterwards, and told line by line."""

import csv
import gzip
import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from feria_inversa.importar import cargar, subir, tareas
from feria_inversa.importar.modelos import Archivo
from feria_inversa.importar.tareas import DIAS_PARA_SEGUIR, cortar_historias, seguir_historias
from nucleo.archivos.modelos import Archivo as Guardado
from nucleo.reloj import fecha_bolivia
from tests.feria_inversa.importar.ayudas import CABEZA, consultar, renglon, todo, traer

RUTA = "/regulador/historia"
MES = CABEZA + renglon(1) + renglon(2, publicacion="ayer") + renglon(1) + "mal\n"


@pytest.fixture
def rita(crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any], sesion_web: Any) -> Any:
    rita = crear_persona("Rita")
    crear_unidad(
        "Autoridad de Prueba",
        tipo="ENTIDAD_PUBLICA",
        representante=rita,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    return sesion_web(rita)


def mandar(rita: Any, contenido: bytes | str, nombre: str = "mes.csv", **datos: str) -> Any:
    crudo = contenido.encode() if isinstance(contenido, str) else contenido
    return rita.post(RUTA, data=datos, files={"archivo": (nombre, crudo, "text/csv")})


def guardados(sesion: Session) -> int:
    return sesion.exec(select(func.count()).select_from(Guardado)).one()


def test_se_sube_se_trae_despues_y_se_dice_linea_por_linea(rita: Any, sesion: Session) -> None:
    subido = mandar(rita, MES, fuente="SICOES, marzo", visto_en="2024-05-01")
    assert subido.status_code == 303
    ruta = subido.headers["location"]
    antes = rita.get(ruta).text
    assert "Va el 0 % del archivo" in antes
    assert guardados(sesion) == 1
    assert seguir_historias() == 1
    assert seguir_historias() == 0
    fila = sesion.exec(select(Archivo)).one()
    assert (fila.registros, fila.hechos, fila.repetidos, fila.ilegibles, fila.avisos) == (4, 2, 1, 1, 1)
    assert (fila.estado, fila.fuente, fila.visto_en.isoformat()) == (
        "terminado",
        "SICOES, marzo",
        "2024-05-01",
    )
    assert fila.quien.startswith("Rita")
    assert guardados(sesion) == 0  # what was in it is in

    dicho = rita.get(ruta).text
    assert "Va el" not in dicho
    for que in (
        "No es una fecha como 2024-03-31: quedó vacía.",
        "ayer",
        "La línea 2.",
        "No tiene tantas columnas",
    ):
        assert que in dicho
    sigue = rita.get(ruta, params={"limite": 1}).text
    assert "No tiene tantas columnas" not in sigue
    assert f"{ruta}?cursor=" in sigue
    tabla = csv.reader(
        io.StringIO(rita.get(f"{ruta}/informe.csv").content.decode("utf-8-sig")), delimiter=";"
    )
    assert [celdas[1:5] for celdas in tabla][1:] == [
        ["3", "Se leyó, con aviso", "fecha_publicacion", "No es una fecha como 2024-03-31: quedó vacía."],
        ["4", "Repetida", "", "Dice lo mismo que otra línea: se guarda una vez."],
        ["5", "No se leyó", "", "No tiene tantas columnas como el encabezado."],
    ]
    assert "SICOES, marzo" in rita.get(RUTA).text


def test_otra_vez_nada_cambia_tampoco_comprimido(rita: Any, sesion: Session, bd: Engine) -> None:
    primero = mandar(rita, gzip.compress(MES.encode()), "mes.csv.gz").headers["location"]
    assert mandar(rita, MES).headers["location"] == primero  # while it waits
    seguir_historias()
    antes = todo(bd)
    assert len(antes["proceso"]) == 2
    assert mandar(rita, MES).headers["location"] == primero
    assert seguir_historias() == 0
    assert (todo(bd), guardados(sesion)) == (antes, 0)


def test_lo_que_quedo_a_medias_sigue_donde_estaba(
    rita: Any, sesion: Session, bd: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut after a lot, by whoever operates or by a sweep that was late."""
    monkeypatch.setattr(cargar, "LOTE", 1)

    def cortado(hecho: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        traer(MES, progreso=cortado)
    assert consultar(bd, "SELECT registros, estado FROM feria_historia_archivo") == [(1, "en_marcha")]
    ruta = mandar(rita, MES).headers["location"]
    assert guardados(sesion) == 1
    sesion.rollback()
    with monkeypatch.context() as parche:
        parche.setattr(tareas, "time", SimpleNamespace(monotonic=iter([0, 0, 61]).__next__))
        assert seguir_historias() == 1
    assert consultar(bd, "SELECT registros, estado FROM feria_historia_archivo") == [(2, "en_marcha")]
    assert seguir_historias() == 1
    assert consultar(bd, "SELECT registros, hechos, estado FROM feria_historia_archivo") == [
        (4, 2, "terminado")
    ]
    assert guardados(sesion) == 0
    assert "Terminado" in rita.get(ruta).text


def test_lo_que_no_es_no_deja_nada(
    rita: Any,
    sesion: Session,
    bd: Engine,
    monkeypatch: pytest.MonkeyPatch,
    sesion_web: Any,
    crear_persona: Any,
) -> None:
    monkeypatch.setattr(subir, "DESCOMPRIMIDO_MAXIMO", 1_000_000)
    monstruo = gzip.compress(CABEZA.encode() + b"x" * 2_000_000)
    for contenido, dice in (
        (b"a,b,c\n1,2,3\n", "no es la de ningún archivo de SICOES"),
        (gzip.compress(MES.encode())[:-9], "cortado o dañado"),
        (monstruo, "pártalo en varios"),
        (gzip.compress(b"x" * 2_000_000), "pártalo en varios"),  # nor is its first line looked for
        (b"", "archivo"),
    ):
        respuesta = mandar(rita, contenido)
        assert (respuesta.status_code, dice in respuesta.text) == (422, True), dice
    respuesta = mandar(rita, MES, visto_en=(fecha_bolivia() + timedelta(days=1)).isoformat())
    assert (respuesta.status_code, "Ese día todavía no llegó." in respuesta.text) == (422, True)
    otro = sesion_web(crear_persona("Luis"))
    assert mandar(otro, MES).status_code == 403
    assert otro.get(RUTA).status_code == 403
    assert (todo(bd)["archivo"], guardados(sesion)) == ([], 0)
    assert "Todavía no se trajo ninguno" in rita.get(RUTA).text


def test_lo_que_nadie_siguio_deja_sus_bytes(rita: Any, sesion: Session, reloj: Any) -> None:
    assert mandar(rita, MES).status_code == 303
    reloj.adelantar(timedelta(days=DIAS_PARA_SEGUIR))
    assert cortar_historias() == 1
    fila = sesion.exec(select(Archivo)).one()
    assert (fila.estado, fila.guardado_id, guardados(sesion)) == ("cortado", None, 0)
