"""Who bid contests a decision in its term; the process stands still until somebody, or time, resolves it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from ciudadania import obtener_persona
from empresa_digital.registro import Facultad
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.impugnacion.errores import ImpugnacionNoPermite, ImpugnacionTardia, NoSeImpugna
from feria_inversa.impugnacion.estados import EstadoImpugnacion
from feria_inversa.impugnacion.impugnar import impugnar, retirar_impugnacion
from feria_inversa.impugnacion.modelos import Impugnacion
from feria_inversa.impugnacion.resolver import resolver_impugnacion
from feria_inversa.impugnacion.tareas import resolver_impugnaciones
from feria_inversa.impugnacion.verificar import verificar_impugnaciones
from feria_inversa.papeles import SinPapel
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.errores import Prohibido
from nucleo.eventos import entregar_pendientes
from tests.feria_inversa.conftest import Feria, Parte, item
from tests.feria_inversa.datos_abiertos.ayudas import compilado

MOTIVO = "La oferta que ganó no cumple lo pedido."
CARO = [item("Generador de energía", "1", "300000.00"), item("Bomba de agua", "1", "100000.00")]


@pytest.fixture
def mae(feria: Feria, crear_persona: Any, actor_de: Any) -> Actor:
    """Who administers the entity."""
    persona = crear_persona("Autoridad")
    feria.mandato(feria.entidad.id, persona, Facultad.ADMINISTRAR)
    actor: Actor = actor_de(persona)
    return actor


@pytest.fixture
def decidida(feria: Feria, reloj: Any) -> tuple[UUID, UUID, UUID]:
    """A dear process (three working days to contest): Ana won the first item, the second is desierto."""
    id_ = feria.publicada(dias=25, items=CARO).id
    de_ana = feria.ofertar(feria.ana, id_, ["290000.00", None])
    de_beto = feria.ofertar(feria.beto, id_, ["295000.00", "90000.00"])
    reloj.adelantar(timedelta(days=25, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    uno, dos = (i.id for i in feria.items(id_))
    with transaccion() as sesion:
        adjudicar(
            sesion,
            feria.entidad.actor,
            id_,
            [
                DecisionEntrada(item_id=uno, oferta_id=de_ana),
                DecisionEntrada(item_id=dos, oferta_id=None, motivo="Ya no hace falta la bomba."),
            ],
        )
    return id_, de_ana, de_beto


def impugna(feria: Feria, parte: Parte, id_: UUID, numero: int = 1) -> UUID:
    item_id = feria.items(id_)[numero - 1].id
    with transaccion() as sesion:
        return impugnar(sesion, parte.actor, id_, item_id, parte.id, MOTIVO).id


def resuelve(mae: Actor, impugnacion_id: UUID, como: str) -> None:
    with transaccion() as sesion:
        resolver_impugnacion(sesion, mae, impugnacion_id, EstadoImpugnacion(como), "Visto lo que se ofertó.")


def estado(sesion: Session, id_: UUID) -> str:
    sesion.rollback()
    sesion.expire_all()
    assert (verificar_impugnaciones(sesion), verificar_decisiones(sesion)) == ([], [])
    return sesion.get_one(Convocatoria, id_).estado


def test_se_revoca_y_se_decide_de_nuevo(
    feria: Feria, decidida: tuple[UUID, UUID, UUID], mae: Actor, sesion: Session, aplicacion: Any
) -> None:
    id_, de_ana, de_beto = decidida
    primera, segunda = impugna(feria, feria.beto, id_), impugna(feria, feria.beto, id_, 2)
    assert estado(sesion, id_) == "impugnado"
    with pytest.raises(EstadoNoPermite), transaccion() as otra:
        emitir_ordenes(otra, feria.entidad.actor, id_)
    with pytest.raises(EstadoNoPermite), transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, id_, "Ya no hace falta comprarlo.")
    resuelve(mae, primera, "revocada")
    assert [i.estado for i in feria.items(id_)] == ["revocado", "desierto"]
    assert estado(sesion, id_) == "impugnado"
    resuelve(mae, segunda, "revocada")
    assert [i.estado for i in feria.items(id_)] == ["revocado", "revocado"]
    assert estado(sesion, id_) == "evaluacion"
    with pytest.raises(ImpugnacionNoPermite):
        resuelve(mae, primera, "confirmada")
    decisiones = [
        DecisionEntrada(item_id=i.id, oferta_id=de_beto, motivo="Se revocó lo que se había decidido.")
        for i in feria.items(id_)
    ]
    with transaccion() as otra:
        adjudicar(otra, feria.entidad.actor, id_, decisiones)
    assert estado(sesion, id_) == "resuelto"
    awards = compilado(sesion, id_)["awards"]
    assert [(a.get("relatedBid"), a["status"], len(a["items"])) for a in awards] == [
        (str(de_ana), "cancelled", 1),
        (None, "cancelled", 1),
        (str(de_beto), "active", 2),
    ]
    sesion.rollback()
    entregar_pendientes()
    asuntos = text("SELECT asunto FROM ciudadania_notificacion WHERE unidad_id = :u")
    dichos = sesion.connection().execute(asuntos, {"u": feria.ana.id}).scalars().all()
    assert "Terminó una impugnación: Mobiliario escolar" in dichos
    assert "Quedó sin efecto una adjudicación: Mobiliario escolar" in dichos


@pytest.mark.parametrize("como", ["confirmada", "rechazada", "retirada"])
def test_la_decision_queda_en_pie(
    como: str, feria: Feria, decidida: tuple[UUID, UUID, UUID], mae: Actor, sesion: Session, reloj: Any
) -> None:
    id_, _de_ana, _de_beto = decidida
    impugnada = impugna(feria, feria.beto, id_)
    if como == "retirada":
        with transaccion() as otra:
            retirar_impugnacion(otra, feria.beto.actor, impugnada)
    else:
        resuelve(mae, impugnada, como)
    assert estado(sesion, id_) == "resuelto"
    assert [i.estado for i in feria.items(id_)] == ["adjudicado", "desierto"]
    with pytest.raises(NoSeImpugna, match="ya impugnó"):
        impugna(feria, feria.beto, id_)
    reloj.adelantar(timedelta(days=15))
    with transaccion() as otra:
        assert len(emitir_ordenes(otra, feria.entidad.actor, id_)) == 1


def test_se_anula_el_proceso(
    feria: Feria, decidida: tuple[UUID, UUID, UUID], mae: Actor, sesion: Session
) -> None:
    """What others asked for has no object any more."""
    id_, _de_ana, _de_beto = decidida
    primera = impugna(feria, feria.beto, id_)
    impugna(feria, feria.ana, id_, 2)
    resuelve(mae, primera, "anulada")
    assert estado(sesion, id_) == "cancelado"
    estados = select(Impugnacion.estado).order_by(col(Impugnacion.presentada_en))
    assert list(sesion.exec(estados)) == ["anulada", "sin_objeto"]


def test_el_silencio_confirma(
    feria: Feria, decidida: tuple[UUID, UUID, UUID], mae: Actor, sesion: Session, reloj: Any
) -> None:
    id_, _de_ana, _de_beto = decidida
    impugnada = impugna(feria, feria.beto, id_)
    hasta = sesion.get_one(Impugnacion, impugnada).resolver_hasta
    sesion.rollback()
    reloj.situar(hasta - timedelta(minutes=5))
    assert resolver_impugnaciones() == 0
    reloj.situar(hasta)
    with pytest.raises(ImpugnacionTardia):
        resuelve(mae, impugnada, "revocada")
    assert (resolver_impugnaciones(), resolver_impugnaciones()) == (1, 0)
    assert estado(sesion, id_) == "resuelto"
    fila = sesion.get_one(Impugnacion, impugnada)
    assert (fila.estado, fila.tacita) == ("confirmada", True)


def test_en_su_plazo_y_por_quien_oferto(
    feria: Feria, decidida: tuple[UUID, UUID, UUID], sesion: Session, reloj: Any
) -> None:
    id_, _de_ana, _de_beto = decidida
    ajena = feria.crear_parte("Taller Carmen")
    with pytest.raises(NoSeImpugna, match="quien ofertó"):
        impugna(feria, ajena, id_)
    with pytest.raises(NoSeImpugna, match="lo ganó"):
        impugna(feria, feria.ana, id_)
    with pytest.raises(Prohibido), transaccion() as otra:
        impugnar(otra, feria.beto.actor, id_, feria.items(id_)[0].id, feria.ana.id, MOTIVO)
    reloj.adelantar(timedelta(days=15))
    with pytest.raises(ImpugnacionTardia):
        impugna(feria, feria.beto, id_)
    assert sesion.exec(select(Impugnacion)).all() == []


def test_quien_decidio_no_la_resuelve_si_otra_persona_puede(
    feria: Feria, decidida: tuple[UUID, UUID, UUID], crear_persona: Any, sesion: Session, sesion_web: Any
) -> None:
    """Who awarded and administers too waits for whoever else administers; alone, they answer it."""
    id_, _de_ana, _de_beto = decidida
    impugnada = impugna(feria, feria.beto, id_)
    feria.mandato(feria.entidad.id, feria.entidad.persona, Facultad.ADMINISTRAR)
    feria.mandato(feria.entidad.id, otra := crear_persona("Autoridad"), Facultad.ADMINISTRAR)
    with pytest.raises(SinPapel, match="tomó la decisión"):
        resuelve(feria.entidad.actor, impugnada, "confirmada")
    assert estado(sesion, id_) == "impugnado"
    pagina = f"/compras/{id_}/impugnaciones"
    dice = sesion_web(feria.entidad.persona).get(pagina).text
    assert "Usted tomó la decisión" in dice
    assert "Resolver la impugnación" not in dice
    assert "Revocar la decisión: se decide de nuevo" in sesion_web(otra).get(pagina).text


def test_quien_administra_a_solas_resuelve_lo_que_decidio(
    feria: Feria, decidida: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    impugnada = impugna(feria, feria.beto, decidida[0])
    feria.mandato(feria.entidad.id, feria.entidad.persona, Facultad.ADMINISTRAR)
    resuelve(feria.entidad.actor, impugnada, "revocada")
    assert estado(sesion, decidida[0]) == "evaluacion"


def test_donde_todos_decidieron_alguien_la_resuelve(
    feria: Feria,
    decidida: tuple[UUID, UUID, UUID],
    mae: Actor,
    crear_persona: Any,
    sesion: Session,
    sesion_web: Any,
) -> None:
    """One decided, the other revoked it and decided anew: they hear what is contested while nobody else
    administers the entity.
    """
    id_, _de_ana, de_beto = decidida
    feria.mandato(feria.entidad.id, feria.entidad.persona, Facultad.ADMINISTRAR)
    resuelve(mae, impugna(feria, feria.beto, id_, 2), "revocada")
    decision = DecisionEntrada(item_id=feria.items(id_)[1].id, oferta_id=de_beto)
    with transaccion() as otra:
        adjudicar(otra, mae, id_, [decision])
    una, dos = impugna(feria, feria.beto, id_), impugna(feria, feria.ana, id_, 2)
    pagina = sesion_web(feria.entidad.persona).get(f"/compras/{id_}/impugnaciones").text
    assert "Revocar la decisión: se decide de nuevo" in pagina
    resuelve(feria.entidad.actor, una, "confirmada")
    feria.mandato(feria.entidad.id, crear_persona("Autoridad nueva"), Facultad.ADMINISTRAR)
    for actor in (feria.entidad.actor, mae):
        with pytest.raises(SinPapel, match="tomó la decisión"):
            resuelve(actor, dos, "confirmada")
    assert estado(sesion, id_) == "impugnado"


@pytest.mark.parametrize(
    ("sentencia", "falta"),
    [
        ("UPDATE feria_convocatoria SET estado = 'resuelto'", "appeals are resolved first"),
        (
            "UPDATE feria_impugnacion SET estado = 'confirmada', resuelta_en = now(), resuelta_por = 'x', "
            "fundamento = 'porque sí, sí', tacita = true",
            "in its term",
        ),
        ("UPDATE feria_impugnacion SET motivo = 'otro motivo'", "permission denied"),
        (
            "INSERT INTO feria_impugnacion (id, convocatoria_id, item_id, adjudicacion_id, unidad_id, "
            "estado, motivo, presentada_en, presentada_por, resolver_hasta) "
            "SELECT gen_random_uuid(), convocatoria_id, item_id, id, proveedor_id, "
            "'presentada', 'porque sí, sí', now(), 'x', now() + interval '1 day' "
            "FROM feria_adjudicacion WHERE proveedor_id IS NOT NULL",
            "who won does not contest",
        ),
    ],
)
def test_la_aplicacion_no_puede(
    sentencia: str, falta: str, feria: Feria, decidida: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    impugna(feria, feria.beto, decidida[0])
    with pytest.raises(Exception, match=falta):
        sesion.connection().execute(text(sentencia))
    sesion.rollback()


def test_no_se_revoca_lo_que_nadie_impugna(
    feria: Feria, decidida: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    revoca = text(
        "INSERT INTO feria_adjudicacion (id, convocatoria_id, item_id, resultado, es_menor_precio, motivo, "
        "decidida_en, decidida_por, reemplaza_a) SELECT gen_random_uuid(), convocatoria_id, item_id, "
        "'revocado', false, 'porque sí, porque sí', now(), 'nadie', id FROM feria_adjudicacion"
    )
    with pytest.raises(IntegrityError, match="not under evaluation"):
        sesion.connection().execute(revoca)
    sesion.rollback()


def test_por_las_paginas(
    feria: Feria, decidida: tuple[UUID, UUID, UUID], mae: Actor, sesion_web: Any, cliente: Any
) -> None:
    id_, _de_ana, de_beto = decidida
    beto = sesion_web(feria.beto.persona)
    assert "se puede impugnar hasta el" in beto.get(f"/ofertas/{de_beto}").text
    entregar_pendientes()
    suyas = text("SELECT string_agg(cuerpo, ' ') FROM ciudadania_notificacion WHERE unidad_id = :u")
    with transaccion() as otra:
        dicho = otra.connection().execute(suyas, {"u": feria.beto.id}).scalar_one()
    assert "La decisión se puede impugnar hasta el" in dicho
    assert "Impugnar la decisión de un ítem" in beto.get(f"/feria/{id_}").text
    assert "Impugnar la decisión de un ítem" not in cliente.get(f"/feria/{id_}").text
    uno, dos = (str(i.id) for i in feria.items(id_))
    de_ana = sesion_web(feria.ana.persona).get(f"/feria/{id_}").text
    assert (f'value="{uno}"' in de_ana, f'value="{dos}"' in de_ana) == (False, True)
    datos = {"item_id": str(feria.items(id_)[0].id), "unidad_id": str(feria.beto.id), "motivo": "corto"}
    assert beto.post(f"/feria/{id_}/impugnaciones", data=datos).status_code == 422
    assert beto.post(f"/feria/{id_}/impugnaciones", data=datos | {"motivo": MOTIVO}).status_code == 303
    assert MOTIVO in cliente.get(f"/feria/{id_}").text
    entidad = sesion_web(feria.entidad.persona)
    assert "Impugnaron una decisión" in entidad.get(f"/compras/{id_}").text
    assert MOTIVO in entidad.get(f"/compras/{id_}/impugnaciones").text
    (una,) = cliente.get(f"/api/v1/convocatorias/{id_}/impugnaciones").json()
    assert (una["estado"], una["numero_item"]) == ("presentada", 1)
    ruta = f"/compras/{id_}/impugnaciones/{una['id']}/resolucion"
    resolucion = {"decision": "revocada", "fundamento": MOTIVO}
    assert entidad.post(ruta, data=resolucion).status_code == 403
    entregar_pendientes()
    enlace = text(
        "SELECT enlace FROM ciudadania_notificacion WHERE unidad_id = :u AND asunto ~ '^Impugnaron'"
    )
    with transaccion() as otra:
        (de_la_entidad,) = otra.connection().execute(enlace, {"u": feria.entidad.id}).scalars()
        assert mae.persona_id is not None
        de_mae = obtener_persona(otra, mae.persona_id)
    assert f'action="{ruta}"' in sesion_web(de_mae).get(de_la_entidad).text
    resuelta = cliente.get(f"/api/v1/convocatorias/{id_}/impugnaciones").json()
    assert [i["estado"] for i in resuelta] == ["presentada"]
