"""The registry's entries in the public log: one leaf for all that a transaction wrote of a unit."""

import importlib.util
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
from sqlmodel import Session, col, select

from constancia import anotar, comprobar_constancia, hash_de, integrar_pendientes
from constancia.modelos import Hoja
from empresa_digital.registro import SinFacultad, inscripcion, verificar_registro
from empresa_digital.registro.asientos import huella_de_asiento
from empresa_digital.registro.asientos.modelos import Asiento
from empresa_digital.registro.unidades.asentar import anotacion_de
from nucleo.bd import nueva_sesion, transaccion
from nucleo.configuracion import RAIZ

Crear = Callable[..., Any]


def hojas(sesion: Session, numero: str) -> list[str]:
    consulta = select(Hoja.contenido).where(Hoja.tipo == "asiento", Hoja.objeto == numero)
    return list(sesion.exec(consulta.order_by(col(Hoja.anotada_en))).all())


def test_una_hoja_por_transaccion_y_unidad(crear_persona: Crear, actor_de: Crear, borrador: Crear) -> None:
    """Opening a draft writes two entries, the unit and its first mandate: the leaf is of the second."""
    actor = actor_de(crear_persona("Ana"))
    unidad = borrador(actor)
    with transaccion() as sesion:
        assert hojas(sesion, unidad.numero) == [f"2|{unidad.huella}"]
    with transaccion() as sesion:
        editada = inscripcion.editar_unidad(sesion, actor, unidad.id, {"telefono": "71111111"}, version=1)
        assert hojas(sesion, unidad.numero) == [f"2|{unidad.huella}"], "it comes as the transaction commits"
    with transaccion() as sesion:
        assert hojas(sesion, unidad.numero) == [f"2|{unidad.huella}", f"3|{editada.huella}"]
        assert verificar_registro(sesion) == []


def test_lo_que_se_deshace_no_deja_hoja(crear_persona: Crear, actor_de: Crear, borrador: Crear) -> None:
    """Neither a whole transaction, nor the part that a savepoint undid while the rest went on."""
    ana, eva = actor_de(crear_persona("Ana")), actor_de(crear_persona("Eva"))
    unidad = borrador(ana)
    with nueva_sesion() as sesion:
        inscripcion.editar_unidad(sesion, ana, unidad.id, {"telefono": "71111111"}, version=1)
        sesion.rollback()
    with transaccion() as sesion:
        primera = inscripcion.editar_unidad(sesion, ana, unidad.id, {"telefono": "72222222"}, version=1)
        huella = primera.huella
        with suppress(SinFacultad), sesion.begin_nested():
            inscripcion.editar_unidad(sesion, ana, unidad.id, {"telefono": "73333333"}, version=2)
            inscripcion.editar_unidad(sesion, eva, unidad.id, {"telefono": "74444444"}, version=3)
            raise AssertionError
    with transaccion() as sesion:
        assert hojas(sesion, unidad.numero) == [f"2|{unidad.huella}", f"3|{huella}"]
        assert verificar_registro(sesion) == []


def test_se_comprueba_desde_afuera(
    crear_persona: Crear, actor_de: Crear, borrador: Crear, cliente: Any
) -> None:
    unidad = borrador(actor_de(crear_persona("Ana")))
    integrar_pendientes()
    hash_ = hash_de(*anotacion_de(unidad)).hex()
    prueba = cliente.get(f"/api/v1/constancia/hojas/{hash_}/prueba").json()
    assert comprobar_constancia(prueba) == []
    assert prueba["texto"] == f"qhatu-hoja-v1|asiento|{unidad.numero}|2|{unidad.huella}"
    pagina = cliente.get(f"/constancia/hojas/{hash_}").text
    assert f"Cambio del registro de unidades: {unidad.numero}" in pagina


def test_quien_rehace_la_cadena_no_rehace_el_registro_publico(
    crear_persona: Crear, actor_de: Crear, borrador: Crear, servidores: dict[str, Any]
) -> None:
    """The last entry names somebody else, with every hash made again to fit: only the leaf does not."""
    unidad = borrador(actor_de(crear_persona("Ana")))
    with transaccion() as sesion:
        consulta = select(Asiento).where(Asiento.unidad_id == unidad.id, Asiento.secuencia == 2)
        asiento = sesion.exec(consulta).one()
        sesion.expunge(asiento)
    asiento.actor_nombre = "otro"
    nueva = huella_de_asiento(asiento)
    with psycopg.connect(servidores["url_admin"].format(base=servidores["base"]), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(
            "UPDATE registro_asiento SET actor_nombre = 'otro', huella = %s WHERE id = %s",
            [nueva, asiento.id],
        )
        admin.execute("UPDATE registro_unidad SET huella = %s WHERE id = %s", [nueva, unidad.id])
    with transaccion() as sesion:
        assert verificar_registro(sesion) == [
            f"{unidad.numero}: su último asiento no es el que se anotó en el registro público",
            f"{unidad.numero}: el registro público tiene un asiento que no existe "
            f"({unidad.numero}|2|{unidad.huella})",
        ]


def test_lo_de_antes_se_anota_con_el_mismo_texto(
    crear_persona: Crear, actor_de: Crear, borrador: Crear, reloj: Any, servidores: dict[str, Any]
) -> None:
    """What the revision notes of older databases is, byte for byte, what the program asks for."""
    unidad = borrador(actor_de(crear_persona("Ana")))
    ruta = RAIZ / "migrations/versions/0018_primeras_hojas.py"
    especificacion = importlib.util.spec_from_file_location("primeras_hojas", ruta)
    assert especificacion is not None
    assert especificacion.loader is not None
    revision = importlib.util.module_from_spec(especificacion)
    especificacion.loader.exec_module(revision)
    reloj.adelantar(timedelta(days=1))
    with psycopg.connect(servidores["url_admin"].format(base=servidores["base"])) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("DELETE FROM constancia_hoja")
        admin.execute(
            "INSERT INTO pagos_cierre VALUES ('2026-03-10', 0, 0, 0, NULL, NULL, sha256(''), 1, now())"
        )
        admin.execute(revision.DE_ANTES)
        dejadas = {fila[0] for fila in admin.execute("SELECT hash FROM constancia_hoja")}
        admin.rollback()
    vacia = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hash_de(*anotacion_de(unidad)) in dejadas
    assert hash_de("cierre", "2026-03-10", f"0|{vacia}") in dejadas
    with transaccion() as sesion:
        assert len(dejadas) == len(sesion.exec(select(Hoja.objeto).distinct()).all()) + 1


def test_un_asiento_inventado_en_el_registro_publico_se_nota(
    crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    unidad = borrador(actor_de(crear_persona("Ana")))
    with transaccion() as sesion:
        anotar(sesion, "asiento", unidad.numero, f"9|{'0' * 64}")
    with transaccion() as sesion:
        assert verificar_registro(sesion) == [
            f"{unidad.numero}: el registro público tiene un asiento que no existe "
            f"({unidad.numero}|9|{'0' * 64})"
        ]
