"""Several who were named to evaluate sign the qualification of the technical part; alone, one writes it."""

import json
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from ciudadania.modelos import Notificacion
from empresa_digital.registro.actos import consultas, firmas
from empresa_digital.registro.actos.modelos import ActoPendiente
from empresa_digital.registro.actos.tareas import vencer_actos
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.tareas import anular_sin_llave
from feria_inversa.designaciones.designar import cesar
from feria_inversa.papeles.errores import SinPapel
from feria_inversa.papeles.modelos import Designacion
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actos import Propuesto
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from tests.ayudas.personas import nuevo_actor
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.dos_sobres.ayudas import (
    cerrar,
    comision,
    en_dos_sobres,
    firmar,
    nombrar_comision,
    puntuar,
)
from tests.feria_inversa.llaves.ayudas import entregar, resguardo


@pytest.fixture
def abierta(feria: Feria, reloj: Any) -> tuple[UUID, UUID, UUID]:
    """A process whose technical part is open, with two bids."""
    guardas = resguardo(feria)
    id_ = en_dos_sobres(feria)
    ofertas = [feria.ofertar(quien, id_, ["70000.00", "4500.00"]) for quien in (feria.ana, feria.beto)]
    cerrar(reloj)
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    return id_, *ofertas


def _tecnicas(sesion: Session) -> list[dict[str, Any]]:
    sesion.rollback()
    return [
        json.loads(c) for c in sesion.exec(select(Acta.contenido).where(Acta.clase == "evaluacion_tecnica"))
    ]


def test_la_firman_todas_y_decirla_dos_veces_es_una(
    feria: Feria, abierta: tuple[UUID, UUID, UUID], sesion: Session, sesion_web: Any
) -> None:
    id_, ana, beto = abierta
    una, otra = comision(feria)
    nombrar_comision(feria, id_, [una, otra])
    dichos: dict[UUID, str | None] = {ana: "60", beto: None}
    with pytest.raises(SinPapel):
        puntuar(feria, id_, dichos)  # who was not named
    ruta = f"/compras/{id_}/calificacion-tecnica"
    mesa = sesion_web(una)
    assert "La firman todas las personas que evalúan" in mesa.get(ruta).text
    campos = {"revisadas.1.causa": "sigue", "revisadas.1.puntos": "60", "revisadas.2.causa": "no_cumple"}
    campos["revisadas.2.explicacion"] = "No es lo que se pide."
    hecho = mesa.post(ruta, data=campos)
    assert (hecho.status_code, hecho.headers["location"].startswith("/por-firmar/")) == (303, True)
    acto = puntuar(feria, id_, dichos, nuevo_actor(una))
    assert isinstance(acto, Propuesto)
    assert hecho.headers["location"].startswith(acto.url)  # the same content is the same proposal
    assert (acto.firmas, acto.faltan, _tecnicas(sesion)) == (2, 1, [])
    with transaccion() as s:
        assert [a.id for a in consultas.por_firmar(s, nuevo_actor(otra))] == [acto.id]
    por_firmar = sesion_web(otra).get(acto.url).text
    assert ("Pasa con 60 puntos." in por_firmar, "No pasa. " in por_firmar) == (True, True)
    firmar(otra, acto)
    (dicho,) = _tecnicas(sesion)
    assert [f["huella"] for f in dicho["firmas"]] == [acto.huella] * 2
    assert [(o["oferta"], o["pasa"]) for o in dicho["ofertas"]] == [(str(ana), True), (str(beto), False)]
    acta = sesion.exec(select(Acta).where(Acta.clase == "evaluacion_tecnica")).one()
    assert acta.hecha_por == ", ".join(sorted(p.nombre_completo for p in (una, otra)))
    # Pressed again, it is what was written; said otherwise, it is not.
    assert isinstance(puntuar(feria, id_, dichos, nuevo_actor(otra)), Convocatoria)
    assert mesa.post(ruta, data=campos).headers["location"].startswith(f"/compras/{id_}")
    with pytest.raises(EstadoNoPermite):
        puntuar(feria, id_, {ana: "61", beto: None}, nuevo_actor(una))
    assert _tecnicas(sesion) == [dicho]


def test_sin_las_firmas_termina_con_el_tiempo(
    feria: Feria, abierta: tuple[UUID, UUID, UUID], reloj: Any, sesion: Session, aplicacion: Any
) -> None:
    """Refused or unsigned nothing is qualified, its entity is told; in the end the clock annuls it."""
    id_, ana, beto = abierta
    una, otra = comision(feria)
    nombrar_comision(feria, id_, [una, otra])
    primero = puntuar(feria, id_, {ana: "60", beto: "60"}, nuevo_actor(una))
    assert isinstance(primero, Propuesto)
    with transaccion() as s:
        firmas.rechazar(s, nuevo_actor(otra), primero.id, "Falta leer la segunda.")
    entregar_pendientes()
    avisos = select(Notificacion.cuerpo).where(
        Notificacion.asunto.startswith("La calificación técnica no se")
    )  # type: ignore[attr-defined]
    assert sesion.exec(avisos).all()[0].startswith("Falta leer la segunda. Quienes evalúan pueden")
    segundo = puntuar(feria, id_, {ana: "60", beto: "60"}, nuevo_actor(una))
    assert isinstance(segundo, Propuesto)
    hasta = sesion.get_one(Convocatoria, id_).sigue_en
    assert segundo.vence_en == hasta
    sesion.rollback()
    reloj.situar(hasta)
    assert (vencer_actos(), anular_sin_llave()) == (1, 1)
    assert sesion.get_one(ActoPendiente, segundo.id).estado == "vencido"
    assert sesion.get_one(Convocatoria, id_).estado == "cancelado"
    assert _tecnicas(sesion) == []


def test_nadie_despide_a_la_comision_para_calificar_solo(
    feria: Feria, abierta: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    """Of two, one ceased: the other writes it alone. Of none left, nobody does until somebody is named."""
    id_, ana, beto = abierta
    una, otra = comision(feria)
    nombrar_comision(feria, id_, [una, otra])
    acto = puntuar(feria, id_, {ana: "60", beto: "60"}, nuevo_actor(una))
    assert isinstance(acto, Propuesto)
    nombradas = {d.persona_id: d.id for d in sesion.exec(select(Designacion))}
    sesion.rollback()
    for persona in (otra, una):
        with transaccion() as s:
            cesar(s, feria.entidad.actor, nombradas[persona.id], "Se fue a otra entidad.")
    with pytest.raises(SinPapel, match="nombre a alguien que califique"):
        puntuar(feria, id_, {ana: "60", beto: "60"})
    nombrar_comision(feria, id_, [una])
    assert isinstance(puntuar(feria, id_, {ana: "60", beto: "49"}, nuevo_actor(una)), Convocatoria)
    (dicho,) = _tecnicas(sesion)
    assert len(dicho["firmas"]) == 1
