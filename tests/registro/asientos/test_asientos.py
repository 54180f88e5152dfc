"""Entries: exact hashes, immutability, and that `verificar_registro` sees every tampering."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from empresa_digital.registro import cambios, inscripcion, verificar_registro
from empresa_digital.registro.asientos.huellas import canonico, huella_de_asiento, huella_de_valor
from empresa_digital.registro.asientos.modelos import Asiento, Cambio
from empresa_digital.registro.asientos.tipos import Operacion
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.bd import transaccion
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]


def test_forma_canonica_exacta() -> None:
    assert canonico({"b": [1, None, True], "a": "ñ\n"}) == '{"a":"ñ\\n","b":[1,null,true]}'.encode()


def test_huellas_exactas() -> None:
    """The published recipe, computed by hand: what a third party would write to check an entry."""
    sal = "00" * 16
    valor = hashlib.sha256(bytes(16) + b'"Illimani"').hexdigest()
    assert huella_de_valor(sal, "Illimani") == valor
    asiento = Asiento(
        unidad_id=UUID(int=1),
        secuencia=1,
        instante=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
        operacion=Operacion.CREAR,
        actor_tipo="sistema",
        actor_nombre="prueba",
        datos={"denominacion": "Illimani"},
        sales={"denominacion": sal},
        huellas={"denominacion": valor},
        huella="",
    )
    contenido = (
        '{"actor":["sistema",null,"prueba"],"anterior":null,"huellas":{"denominacion":"' + valor + '"},'
        '"instante":"2026-11-22T12:00:00.000000+00:00","mandato":null,"operacion":"crear","por_unidad":null,'
        '"secuencia":1,"unidad":"00000000-0000-0000-0000-000000000001"}'
    )
    assert huella_de_asiento(asiento) == hashlib.sha256(contenido.encode()).hexdigest()


def test_los_asientos_se_encadenan_y_dan_la_ficha(
    sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    persona = crear_persona("Ana")
    unidad = borrador(actor_de(persona))
    inscripcion.editar_unidad(sesion, actor_de(persona), unidad.id, {"telefono": "71111111"}, version=1)
    sesion.commit()

    consulta = select(Asiento).where(Asiento.unidad_id == unidad.id).order_by(col(Asiento.secuencia))
    crear, mandato, editar = sesion.exec(consulta).all()
    assert [a.operacion for a in (crear, mandato, editar)] == ["crear", "otorgar_mandato", "editar"]
    assert crear.huella_anterior is None
    assert (mandato.huella_anterior, editar.huella_anterior) == (crear.huella, mandato.huella)
    assert editar.datos == {"telefono": "+59171111111"}
    assert (editar.actor_tipo, editar.actor_id, editar.actor_nombre) == ("persona", persona.id, None)
    assert editar.por_unidad_id == unidad.id
    assert editar.mandato_id == UUID(mandato.datos["mandato"])
    guardada = sesion.get_one(UnidadEconomica, unidad.id, populate_existing=True)
    assert (guardada.secuencia, guardada.huella, guardada.version) == (3, editar.huella, 2)
    assert sesion.exec(select(Cambio.numero).order_by(col(Cambio.numero))).all() == [1, 2, 3]
    assert verificar_registro(sesion) == []


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE registro_asiento SET datos = '{}'",
        "DELETE FROM registro_asiento",
        "TRUNCATE registro_asiento CASCADE",
        "UPDATE registro_cambio SET numero = numero + 100",
        "DELETE FROM registro_cambio",
        "UPDATE registro_mandato SET facultades = ARRAY['REGULAR']",
        "DELETE FROM registro_mandato",
    ],
)
def test_la_base_no_deja_tocar_lo_escrito(
    orden: str, bd: Engine, sesion: Session, crear_unidad: Crear, crear_persona: Crear
) -> None:
    crear_unidad(representante=crear_persona("Ana"))
    with bd.connect() as conexion, pytest.raises(DBAPIError):
        conexion.execute(text(orden))
    assert verificar_registro(sesion) == []


@pytest.mark.parametrize(
    ("tabla", "orden", "falla"),
    [
        ("unidad", "UPDATE registro_unidad SET telefono = '79999999'", "campos no es lo que dicen"),
        ("unidad", "UPDATE registro_unidad SET estado = 'suspendida'", "estado no es lo que dicen"),
        ("unidad", "UPDATE registro_unidad SET huella = repeat('0', 64)", "no apunta a su último asiento"),
        (
            "identificador",
            "UPDATE registro_identificador SET valor = '1234567'",
            "identificadores no es lo que dicen",
        ),
        ("identificador", "UPDATE registro_identificador SET vivo = false", "no sigue el estado"),
        ("mandato", "UPDATE registro_mandato SET monto_limite = 1", "mandatos no es lo que dicen"),
        (
            "habilitacion",
            "UPDATE registro_habilitacion SET norma = 'otra'",
            "habilitaciones no es lo que dicen",
        ),
        (
            "asiento",
            "UPDATE registro_asiento SET datos = jsonb_set(datos, '{telefono}', '\"7\"') WHERE secuencia = 1",
            "el valor de telefono fue alterado",
        ),
        (
            "asiento",
            "UPDATE registro_asiento SET instante = instante + interval '1 s' WHERE secuencia = 2",
            "la huella no corresponde",
        ),
        (
            "asiento",
            "UPDATE registro_asiento SET actor_nombre = 'otro' WHERE secuencia = 2",
            "la huella no corresponde",
        ),
        ("cambio", "DELETE FROM registro_cambio WHERE numero = 2", "huecos"),
    ],
)
def test_verificar_ve_lo_alterado(
    tabla: str,
    orden: str,
    falla: str,
    duenio: Engine,
    sesion: Session,
    crear_unidad: Crear,
    crear_persona: Crear,
) -> None:
    """Somebody who owns the tables switches the guards off and edits: the replay says where."""
    crear_unidad(
        representante=crear_persona("Ana"), identificadores={"BO-NIT": "55555"}, habilitaciones=["VENDEDOR"]
    )
    with duenio.begin() as conexion:
        conexion.execute(text(f"ALTER TABLE registro_{tabla} DISABLE TRIGGER USER"))
        conexion.execute(text(orden))
        conexion.execute(text(f"ALTER TABLE registro_{tabla} ENABLE TRIGGER USER"))
    fallas = verificar_registro(sesion)
    assert any(falla in f for f in fallas), fallas


def test_un_valor_tachado_conserva_la_prueba(
    duenio: Engine, sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    """The columns allow redaction: the value gives way to its hash, its salt goes, the chain holds."""
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana)
    inscripcion.editar_unidad(sesion, ana, unidad.id, {"telefono": "71111111"}, version=1)
    sesion.commit()
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE registro_asiento DISABLE TRIGGER USER"))
        conexion.execute(
            text(
                "UPDATE registro_asiento SET sales = sales - 'telefono', "
                "datos = jsonb_set(datos, '{telefono}', "
                "jsonb_build_object('huella', huellas->'telefono')) WHERE secuencia = 1"
            )
        )
        conexion.execute(text("ALTER TABLE registro_asiento ENABLE TRIGGER USER"))
    assert verificar_registro(sesion) == []


def test_el_contenido_es_publico_desde_la_inscripcion(
    sesion: Session, autoridad: Autoridad, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ultimo = cambios(sesion, 0)[-1].numero
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana, identificadores={"BO-NIT": "55555"})
    with transaccion() as otra:
        inscripcion.presentar(otra, ana, unidad.id)
    assert [c.datos for c in cambios(sesion, ultimo)] == [None, None, None]
    sesion.rollback()
    with transaccion() as otra:
        inscripcion.inscribir(otra, autoridad.actor, unidad.id)

    creado, mandato, presentado, inscrito = cambios(sesion, ultimo)
    assert [c.numero for c in (creado, mandato, presentado, inscrito)] == list(range(ultimo + 1, ultimo + 5))
    assert (creado.datos, mandato.datos, presentado.datos) == (None, None, None)
    assert inscrito.datos is not None
    assert inscrito.datos["denominacion"] == "Cooperativa Illimani"
    assert inscrito.datos["identificador.BO-NIT"] == "55555"
