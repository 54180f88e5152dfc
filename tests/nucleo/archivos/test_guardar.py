"""What is kept: the bytes once, a row for each owner, nothing left of what was refused."""

import io
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, func, select

from nucleo.archivos import Recibido, guardar, guardar_imagen
from nucleo.archivos.almacen import leer
from nucleo.archivos.modelos import Archivo, Contenido, CopiaDeArchivo
from nucleo.archivos.verificar import comprobar
from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.ids import nuevo_id
from tests.ayudas.carreras import hasta_que_esperen
from tests.nucleo.archivos.ayudas import en_disco, png, vaciar_almacen

TEXTO = "text/plain"


@pytest.fixture(autouse=True)
def _sin_archivos(bd: Engine) -> None:
    vaciar_almacen()


def _verificar() -> list[str]:
    with transaccion() as sesion:
        return comprobar(sesion)


def _contar(*tablas: Any) -> list[int]:
    with transaccion() as sesion:
        return [sesion.exec(select(func.count()).select_from(t)).one() for t in tablas]


def _guardar(contenido: bytes = b"contenido", **opciones: Any) -> Any:
    with transaccion() as sesion:
        return guardar(
            sesion, io.BytesIO(contenido), TEXTO, **{"duenio": nuevo_id(), "publico": True} | opciones
        )


# --- Whose it is ---------------------------------------------------------------------------------


def test_los_mismos_bytes_privados_de_uno_y_publicos_de_otro(cliente: Any) -> None:
    privado = _guardar(publico=False)
    assert cliente.get(f"/archivos/{privado}").status_code == 404
    publico = _guardar(publico=True)

    assert cliente.get(f"/archivos/{publico}").content == b"contenido"
    assert cliente.get(f"/archivos/{privado}").status_code == 404
    marca = cliente.get(f"/archivos/{publico}").headers["etag"]
    assert cliente.get(f"/archivos/{privado}", headers={"If-None-Match": marca}).status_code == 404
    assert _contar(Archivo, Contenido) == [2, 1]
    assert len(en_disco()) == 1


def test_el_hash_no_es_una_direccion(cliente: Any, sesion: Session) -> None:
    archivo = sesion.get_one(Archivo, _guardar())
    assert cliente.get(f"/archivos/{archivo.sha256}").status_code == 404


def test_un_archivo_no_cambia_de_acceso(sesion: Session) -> None:
    archivo = _guardar(publico=False)
    with pytest.raises(Exception, match="permission denied"):
        sesion.connection().execute(
            text("UPDATE nucleo_archivo SET publico = true WHERE id = :id"), {"id": archivo}
        )


def test_el_mismo_archivo_de_dos_a_la_vez_se_guarda_una_vez() -> None:
    """The second waits for the first to be done, whatever becomes of it."""
    fallas: list[Exception] = []

    def subir() -> None:
        try:
            _guardar()
        except Exception as error:
            fallas.append(error)

    hilo = threading.Thread(target=subir)
    with transaccion() as sesion:
        guardar(sesion, io.BytesIO(b"contenido"), TEXTO, duenio=nuevo_id())
        hilo.start()
        hasta_que_esperen()
    hilo.join()
    assert fallas == []
    assert _contar(Archivo, Contenido) == [2, 1]


# --- What was refused ----------------------------------------------------------------------------


def _rechazado(_sesion: Session) -> None:
    raise DatosInvalidos("no")


def _a_medias(sesion: Session) -> None:
    """The door of forms: a savepoint is undone, the transaction goes on and commits."""
    punto = sesion.begin_nested()
    guardar(sesion, io.BytesIO(b"otro contenido"), TEXTO, duenio=nuevo_id())
    punto.rollback()


@pytest.mark.parametrize("como", [_rechazado, _a_medias, lambda s: s.rollback()])
def test_lo_rechazado_no_deja_archivos(como: Any) -> None:
    try:
        with transaccion() as sesion:
            if como is not _a_medias:
                guardar_imagen(sesion, Recibido.de_bytes(png(1000, 800)), duenio=nuevo_id())
                assert len(en_disco()) >= 6
            como(sesion)
    except DatosInvalidos:
        pass
    assert en_disco() == []
    assert _contar(Archivo, Contenido, CopiaDeArchivo) == [0, 0, 0]


def test_lo_rechazado_de_uno_no_quita_lo_guardado_por_otro() -> None:
    hilo = threading.Thread(target=_guardar)
    with transaccion() as sesion:
        guardar(sesion, io.BytesIO(b"contenido"), TEXTO, duenio=nuevo_id())
        hilo.start()
        hasta_que_esperen()
        sesion.rollback()
    hilo.join()
    with transaccion() as sesion:
        (contenido,) = sesion.exec(select(Contenido)).all()
        assert b"".join(leer(contenido.sha256)) == b"contenido"


def test_verificar_nombra_los_bytes_que_faltan(sesion: Session) -> None:
    archivo = sesion.get_one(Archivo, _guardar())
    ruta = next(Path(ajustes().datos, "archivos").rglob(archivo.sha256))
    ruta.write_bytes(b"menos")
    debe = f"el archivo {archivo.sha256} tiene 5 bytes y se guardaron 9"
    assert _verificar() == [debe]
    ruta.unlink()
    assert _verificar() == [debe.replace("5 bytes", "0 bytes")]
    with pytest.raises(NoEncontrado):
        leer(archivo.sha256)


# --- How it is served ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cabecera", "estado"),
    [("{marca}", 304), ("W/{marca}", 304), ('"otra", {marca}', 304), ("*", 304), ('"otra"', 200), ("", 200)],
)
def test_lo_que_el_navegador_ya_tiene_no_viaja(cliente: Any, cabecera: str, estado: int) -> None:
    archivo = _guardar()
    marca = cliente.get(f"/archivos/{archivo}").headers["etag"]
    respuesta = cliente.get(f"/archivos/{archivo}", headers={"If-None-Match": cabecera.format(marca=marca)})
    assert respuesta.status_code == estado


def test_se_sirve_de_a_trozos_y_lo_que_no_es_imagen_se_baja(cliente: Any) -> None:
    grande = bytes(range(256)) * 1200
    respuesta = cliente.get(f"/archivos/{_guardar(grande)}", headers={"Accept-Encoding": "identity"})
    assert respuesta.content == grande
    assert respuesta.headers["content-length"] == str(len(grande))
    assert respuesta.headers["content-disposition"] == "attachment"
    assert respuesta.headers["content-security-policy"].endswith("sandbox")
    assert cliente.get("/archivos/no-es-un-id").status_code == 404
