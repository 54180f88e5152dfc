"""A suspended unit ends its calls and bids and begins none; a closure does not pass beside who begins one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from empresa_digital.registro import EstadoUnidad, SinHabilitacion, UnidadInactiva, inscripcion, unidad_por_id
from empresa_digital.registro.inscripcion.errores import ObligacionesVivas
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.verificar import verificar_ordenes
from feria_inversa.entidades.errores import ProveedorNoHabilitado
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.ofertas import presentar_oferta, retirar_oferta
from feria_inversa.procesos.convocatorias import cancelar_convocatoria, crear_borrador, publicar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.reloj import ahora
from tests.ayudas.carreras import cruzar
from tests.feria_inversa.conftest import SUCRE, Feria, linea
from tests.feria_inversa.datos_abiertos.ayudas import etiquetas


def _recien(actor: Actor) -> Actor:
    """Who just signed in: the clock moves in these tests."""
    return replace(actor, autenticado_en=ahora())


@pytest.fixture
def suspender(reguladora: Actor) -> Callable[[UUID], None]:
    def suspender(unidad_id: UUID) -> None:
        with transaccion() as sesion:
            inscripcion.suspender(sesion, _recien(reguladora), unidad_id, "Reclamos")

    return suspender


def _cierre(reguladora: Actor, unidad_id: UUID) -> Callable[[Session], Any]:
    return lambda sesion: inscripcion.cancelar(sesion, reguladora, unidad_id, "Se disuelve")


def _estado(unidad_id: UUID) -> str:
    with transaccion() as sesion:
        return unidad_por_id(sesion, unidad_id).estado


def _guardada(modelo: Any, id_: UUID) -> Any:
    with transaccion() as sesion:
        return sesion.get_one(modelo, id_)


def test_suspendida_retira_su_oferta_y_se_cierra(
    feria: Feria, reguladora: Actor, suspender: Any, sesion_web: Any, sesion: Session
) -> None:
    llamado = feria.publicada()
    oferta = feria.ofertar(feria.ana, llamado.id, ["400.00", None])
    suspender(feria.ana.id)
    with pytest.raises(UnidadInactiva):
        feria.ofertar(feria.ana, llamado.id, ["390.00", None], reemplazar=True)
    with pytest.raises(ObligacionesVivas) as falla:
        _cierre(reguladora, feria.ana.id)(sesion)
    sesion.rollback()
    (viva,) = falla.value.extra["obligaciones"]
    ana = sesion_web(feria.ana.persona)
    assert f'href="/ofertas/{oferta}"' in ana.get(viva["url"]).text
    assert f'href="/ofertas/{oferta}"' in ana.get(f"/feria/{llamado.id}").text
    recibo = ana.get(f"/ofertas/{oferta}").text
    assert ("Reemplazar la oferta" in recibo, "Sí, retirar" in recibo) == (False, True)
    assert ana.post(f"/ofertas/{oferta}/retirar").status_code == 303
    assert _guardada(Oferta, oferta).estado == "retirada"
    _cierre(reguladora, feria.ana.id)(sesion)
    sesion.commit()
    assert _estado(feria.ana.id) == EstadoUnidad.CANCELADA
    assert ana.get(f"/ofertas/{oferta}").status_code == 200


def test_suspendida_cancela_sus_convocatorias_y_no_abre_ni_publica(
    feria: Feria, suspender: Any, sesion_web: Any, reloj: Any
) -> None:
    borrador, llamado = feria.borrador(), feria.publicada()
    suspender(feria.entidad.id)
    reloj.adelantar(timedelta(days=11))
    entidad = sesion_web(feria.entidad.persona)
    assert f'href="/compras/{llamado.id}"' in entidad.get("/compras?ver=por_abrir").text
    assert 'href="/compras/nueva"' not in entidad.get("/compras?ver=por_abrir").text
    assert entidad.get("/compras/nueva").status_code == 403
    assert entidad.get(f"/compras/{borrador.id}/items").status_code == 200
    with pytest.raises(UnidadInactiva), transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, borrador.id, ahora() + timedelta(days=10))
    vista = entidad.get(f"/compras/{llamado.id}").text
    assert ("Abrir los sobres ahora" in vista, "Cancelar la convocatoria" in vista) == (False, True)
    assert "hasta que la rehabiliten solo puede ver y cancelar" in vista
    assert entidad.post(f"/compras/{llamado.id}/apertura").status_code == 403
    motivo = {"motivo": "La entidad está suspendida.", "cierre": "cancela"}
    assert entidad.post(f"/compras/{llamado.id}/cancelacion", data=motivo).status_code == 303
    assert _guardada(Convocatoria, llamado.id).estado == "cancelado"
    assert _guardada(Convocatoria, borrador.id).estado == "borrador"


def test_publicar_y_cerrar_la_entidad_no_se_cruzan(feria: Feria, reguladora: Actor) -> None:
    borrador = feria.borrador()
    cerrar = _cierre(reguladora, feria.entidad.id)

    def publicar(sesion: Session) -> None:
        publicar_convocatoria(sesion, feria.entidad.actor, borrador.id, ahora() + timedelta(days=10))

    assert isinstance(cruzar(publicar, cerrar), ObligacionesVivas)
    assert _estado(feria.entidad.id) == EstadoUnidad.INSCRITA
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, borrador.id, "Ya no hace falta comprarlo.")
    otro = feria.borrador()

    def publicar_otro(sesion: Session) -> None:
        publicar_convocatoria(sesion, feria.entidad.actor, otro.id, ahora() + timedelta(days=10))

    assert isinstance(cruzar(cerrar, publicar_otro), SinHabilitacion)
    assert _guardada(Convocatoria, otro.id).estado == "borrador"


def test_un_borrador_y_el_cierre_de_la_entidad_no_se_cruzan(feria: Feria, reguladora: Actor) -> None:
    datos = {"titulo": "Mesas", "municipio_ine": SUCRE, "plazo_entrega_dias": 30}
    entrada = ConvocatoriaEntrada.model_validate(datos)

    def preparar(sesion: Session) -> None:
        crear_borrador(sesion, feria.entidad.actor, feria.entidad.id, entrada)

    assert isinstance(cruzar(_cierre(reguladora, feria.entidad.id), preparar), SinHabilitacion)


def test_ofertar_y_cerrar_al_oferente_no_se_cruzan(feria: Feria, reguladora: Actor) -> None:
    llamado = feria.publicada()
    lineas = [linea(feria.items(llamado.id)[0].id, "400.00")]
    cerrar = _cierre(reguladora, feria.ana.id)
    hechas: list[Oferta] = []

    def ofertar(sesion: Session) -> None:
        hechas.append(presentar_oferta(sesion, feria.ana.actor, llamado.id, feria.ana.id, lineas))

    assert isinstance(cruzar(ofertar, cerrar), ObligacionesVivas)
    assert _estado(feria.ana.id) == EstadoUnidad.INSCRITA
    with transaccion() as sesion:
        retirar_oferta(sesion, feria.ana.actor, hechas[0].id)
    assert isinstance(cruzar(cerrar, ofertar), SinHabilitacion)
    assert len(hechas) == 1
    assert _estado(feria.ana.id) == EstadoUnidad.CANCELADA


def test_a_quien_suspendieron_despues_de_ofertar_no_se_le_adjudica(
    feria: Feria, suspender: Any, sesion_web: Any, sesion: Session, reloj: Any
) -> None:
    """Its bid stays open to all and the next one may win, with the reason why."""
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    de_beto = feria.ofertar(feria.beto, id_, ["410.00", "710.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    suspender(feria.ana.id)
    items = feria.items(id_)

    def decidir(oferta: UUID, motivo: str = "") -> None:
        decisiones = [DecisionEntrada(item_id=i.id, oferta_id=oferta, motivo=motivo) for i in items]
        with transaccion() as otra:
            adjudicar(otra, feria.entidad.actor, id_, decisiones)

    with pytest.raises(ProveedorNoHabilitado, match="hoy no está habilitado"):
        decidir(de_ana)
    assert sesion.exec(select(Adjudicacion)).all() == []
    html = sesion_web(feria.entidad.persona).get(f"/compras/{id_}").text
    assert html.count("No habilitado") == 2
    assert f'value="{de_beto}" checked' in html
    decidir(de_beto, "El primero perdió su habilitación.")
    assert {fila.proveedor_id for fila in sesion.exec(select(Adjudicacion))} == {feria.beto.id}


def test_quien_no_puede_contratar_hoy_espera_su_orden_y_los_demas_no(
    feria: Feria, suspender: Any, reguladora: Actor, sesion_web: Any, sesion: Session, reloj: Any
) -> None:
    """Each supplier has its own order, when it may: one that may not keeps nobody else waiting."""
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["400.00", None])
    de_beto = feria.ofertar(feria.beto, id_, [None, "710.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    pupitre, pizarra = feria.items(id_)
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
        decisiones = [
            DecisionEntrada(item_id=pupitre.id, oferta_id=de_ana),
            DecisionEntrada(item_id=pizarra.id, oferta_id=de_beto),
        ]
        adjudicar(otra, feria.entidad.actor, id_, decisiones)
    suspender(feria.ana.id)

    def emitir() -> list[UUID]:
        with transaccion() as otra:
            return [orden.proveedor_id for orden in emitir_ordenes(otra, feria.entidad.actor, id_)]

    assert emitir() == [feria.beto.id]
    with pytest.raises(ProveedorNoHabilitado):
        emitir()
    assert "Emitir órdenes de compra" in sesion_web(feria.entidad.persona).get(f"/compras/{id_}").text
    with transaccion() as otra:
        inscripcion.rehabilitar(otra, _recien(reguladora), feria.ana.id)
    assert emitir() == [feria.ana.id]
    with pytest.raises(EstadoNoPermite):
        emitir()
    assert "Emitir órdenes de compra" not in sesion_web(feria.entidad.persona).get(f"/compras/{id_}").text
    assert verificar_ordenes(sesion) == []
    assert etiquetas(sesion) == [["tender"], ["tenderUpdate"], ["award"], ["contract"], ["contract"]]
