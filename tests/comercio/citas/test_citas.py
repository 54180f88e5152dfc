"""Services with an appointment: chosen, moved if both agree, missed; what nobody does, time does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from comercio.agenda import DatosDeAgenda, abrir_agenda, atender_con_cita, cambiar_agenda, horas_libres
from comercio.agenda.errores import AgendaNoEncontrada, AgendaRepetida, HoraOcupada, SinCita
from comercio.agenda.modelos import Agenda
from comercio.citas import declarar_ausencia, manejadores
from comercio.citas.tareas import vencer_propuestas
from comercio.citas.verificar import citas as verificar_citas
from comercio.compra.errores import CitaDeAUna
from comercio.compra.modelos import Pedido
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import tareas
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from comercio.vendedores import tomar_vacaciones
from empresa_digital.registro import SinFacultad
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.plazos import calendario
from nucleo.reloj import ZONA, ahora, fecha_bolivia
from nucleo.vidas import TransicionInvalida
from tests.comercio.citas.conftest import TODOS_LOS_DIAS, Peluqueria

assert manejadores  # who tells each side
Leer = Callable[..., list[tuple[Any, ...]]]
CITAS = "SELECT estado, propuso FROM comercio_cita ORDER BY id"
ASUNTOS = "SELECT asunto FROM ciudadania_notificacion WHERE asunto ILIKE '%cita%' ORDER BY id"
COMO_VA = (
    "SELECT p.estado, s.estado, k.estado FROM comercio_pedido p"
    " JOIN comercio_servicio s ON s.pedido_id = p.id JOIN comercio_custodia k ON k.pedido_id = p.id"
)


def bien() -> None:
    with transaccion() as sesion:
        assert verificar_citas(sesion) == []


def test_las_horas_que_se_ofrecen(peluqueria: Peluqueria, sesion: Session) -> None:
    """In its hours, with a day of notice, up to sixty days ahead; no holiday, no holidays of the seller."""
    hoy = fecha_bolivia()
    lejos = hoy + timedelta(days=20)
    with transaccion() as otra:
        tomar_vacaciones(otra, peluqueria.mercado.actor_vendedor, peluqueria.mercado.unidad.id, lejos, lejos)
    libres = peluqueria.libres()
    dias = {fecha_bolivia(h.inicio) for h in libres}
    feriados = calendario(sesion).en(["020101"])
    assert all(h.inicio >= ahora() + timedelta(days=1, seconds=-5) for h in libres)
    assert all((h.fin - h.inicio, h.quedan) == (timedelta(minutes=30), 1) for h in libres)
    assert lejos not in dias
    assert not dias & set(feriados)
    todos = {hoy + timedelta(days=n) for n in range(2, 60)} - {lejos} - set(feriados)
    assert todos <= dias
    horas = {h.inicio.astimezone(ZONA).strftime("%H:%M") for h in libres}
    assert horas == {"09:00", "09:30", "14:00", "14:30"}
    with transaccion() as otra:
        agenda = otra.get_one(Agenda, peluqueria.agenda_id)
        assert len(horas_libres(otra, agenda, 60, hoy + timedelta(days=2), 1)) in (0, 2)
        assert horas_libres(otra, agenda, 90, hoy, 30) == []


def test_un_feriado_no_se_ofrece(peluqueria: Peluqueria, sesion: Session) -> None:
    feriados = calendario(sesion).en(["020101"])
    proximo = min(d for d in feriados if d > fecha_bolivia() + timedelta(days=2))
    peluqueria.mercado.reloj.adelantar(timedelta(days=(proximo - fecha_bolivia()).days - 2))
    dias = {fecha_bolivia(h.inicio) for h in peluqueria.libres()}
    assert proximo not in dias


def test_se_elige_la_hora_y_se_cumple(peluqueria: Peluqueria, leer: Leer) -> None:
    m = peluqueria.mercado
    pedido, inicio = peluqueria.citado()
    assert leer(CITAS) == [("fijada", "comprador")]
    assert inicio not in {h.inicio for h in peluqueria.libres()}
    with transaccion() as sesion:
        assert sesion.get_one(Pedido, pedido.id).despachar_hasta > inicio + timedelta(minutes=30)
    with pytest.raises(TransicionInvalida, match="desde su hora"), transaccion() as sesion:
        pedidos.prestar(sesion, m.actor_vendedor, pedido.id, "Corte hecho")
    bien()
    peluqueria.llega_la_hora(inicio, minutos=1)
    with transaccion() as sesion:
        pedidos.prestar(sesion, m.actor_vendedor, pedido.id, "Corte hecho")
    assert leer(CITAS) == [("cumplida", "comprador")]
    with transaccion() as sesion:
        pedidos.dar_conformidad(sesion, m.actor, pedido.id)
    tareas.liberar_vencidas()
    assert leer(COMO_VA) == [("concluido", "conforme", "liberada")]
    bien()


def test_nadie_elige_y_el_pedido_se_cancela_sin_falta(peluqueria: Peluqueria, leer: Leer, reloj: Any) -> None:
    """It is nobody's fault but of who bought: no fault of the seller is noted."""
    peluqueria.comprar()
    reloj.adelantar(timedelta(days=12))
    assert tareas.cancelar_vencidos() == 1
    assert leer(COMO_VA) == [("cancelado", "anulado", "devuelta")]
    assert leer("SELECT motivo FROM comercio_pedido_cancelacion") == [
        ("Nadie eligió la hora de la cita a tiempo.",)
    ]
    assert leer("SELECT count(*) FROM comercio_falta") == [(0,)]


def test_pasada_la_cita_nadie_dice_nada_y_el_dinero_vuelve(
    peluqueria: Peluqueria, leer: Leer, reloj: Any
) -> None:
    _pedido, inicio = peluqueria.citado()
    peluqueria.llega_la_hora(inicio)
    assert tareas.cancelar_vencidos() == 0
    reloj.adelantar(timedelta(days=12))
    assert tareas.cancelar_vencidos() == 1
    assert leer(CITAS) == [("anulada", "comprador")]
    assert leer(COMO_VA) == [("cancelado", "anulado", "devuelta")]
    assert leer("SELECT motivo FROM comercio_pedido_cancelacion") == [
        ("El vendedor no hizo el servicio a tiempo.",)
    ]
    bien()


def test_se_cancela_hasta_los_dias_de_aviso(peluqueria: Peluqueria, leer: Leer) -> None:
    m = peluqueria.mercado
    pedido, inicio = peluqueria.citado(8)
    m.reloj.adelantar(inicio - ahora() - timedelta(hours=23))
    with pytest.raises(TransicionInvalida, match="tarde para cancelar"), transaccion() as sesion:
        pedidos.cancelar(sesion, m.actor, pedido.id, "No podré")
    assert leer(CITAS) == [("fijada", "comprador")]
    with transaccion() as sesion:
        pedidos.cancelar(sesion, m.actor_vendedor, pedido.id, "Me enfermé")
    assert leer(CITAS) == [("anulada", "comprador")]
    assert leer(COMO_VA) == [("cancelado", "anulado", "devuelta")]
    otro, inicio = peluqueria.citado(12)
    with transaccion() as sesion:
        pedidos.cancelar(sesion, m.actor, otro.id, "Cambié de idea")
    assert inicio in {h.inicio for h in peluqueria.libres()}
    bien()


def test_se_mueve_con_el_acuerdo_del_otro(peluqueria: Peluqueria, leer: Leer) -> None:
    m = peluqueria.mercado
    pedido, inicio = peluqueria.citado(4)
    otra = peluqueria.libres()[10].inicio
    peluqueria.pedir(pedido, otra, m.actor_vendedor)
    libres = {h.inicio for h in peluqueria.libres()}
    assert not libres & {inicio, otra}  # both places are kept meanwhile
    with pytest.raises(TransicionInvalida, match="respóndale"):
        peluqueria.pedir(pedido, peluqueria.libres()[0].inicio)
    with pytest.raises(TransicionInvalida, match="La otra parte"):
        peluqueria.responder(pedido, m.actor_vendedor, True)
    assert leer(CITAS) == [("fijada", "comprador"), ("propuesta", "vendedor")]
    peluqueria.responder(pedido, m.actor, True)
    assert leer(CITAS) == [("movida", "comprador"), ("fijada", "vendedor")]
    assert inicio in {h.inicio for h in peluqueria.libres()}
    with transaccion() as sesion:
        assert sesion.get_one(Pedido, pedido.id).despachar_hasta > otra
    bien()


def test_no_se_mueve_si_no_quieren_o_no_responden(peluqueria: Peluqueria, leer: Leer, reloj: Any) -> None:
    m = peluqueria.mercado
    pedido, inicio = peluqueria.citado(40)
    primera, segunda = peluqueria.libres()[41].inicio, peluqueria.libres()[42].inicio
    peluqueria.pedir(pedido, primera)
    peluqueria.responder(pedido, m.actor_vendedor, False)
    vista = peluqueria.pedir(pedido, primera)
    peluqueria.pedir(pedido, segunda)  # in place of what one asked before
    for acepta in (True, False):  # of what is not asked any more
        with pytest.raises(TransicionInvalida, match="Ya no es la hora"):
            peluqueria.responder(pedido, m.actor_vendedor, acepta, vista)
    estados = [e for e, _quien in leer(CITAS)]
    assert estados == ["fijada", "descartada", "descartada", "propuesta"]
    assert vencer_propuestas() == 0
    reloj.adelantar(timedelta(days=6))
    with pytest.raises(TransicionInvalida, match="Ya pasó el tiempo"):
        peluqueria.responder(pedido, m.actor_vendedor, True)
    assert (vencer_propuestas(), vencer_propuestas()) == (1, 0)
    assert [e for e, _quien in leer(CITAS)] == ["fijada", "descartada", "descartada", "descartada"]
    assert leer("SELECT inicio FROM comercio_cita WHERE estado = 'fijada'") == [(inicio,)]
    bien()


def test_quien_vende_dice_que_nadie_vino(peluqueria: Peluqueria, leer: Leer, reloj: Any) -> None:
    """Silence pays; whoever came claims in the term of any service."""
    m = peluqueria.mercado
    pedido, inicio = peluqueria.citado()
    with pytest.raises(TransicionInvalida, match="Todavía no pasó"), transaccion() as sesion:
        declarar_ausencia(sesion, m.actor_vendedor, pedido.id)
    otro, despues = peluqueria.citado(6)
    peluqueria.llega_la_hora(inicio)
    with transaccion() as sesion:
        declarar_ausencia(sesion, m.actor_vendedor, pedido.id)
    peluqueria.llega_la_hora(despues)
    with transaccion() as sesion:
        declarar_ausencia(sesion, m.actor_vendedor, otro.id)
        reclamar.abrir(sesion, m.actor, otro.id, MotivoReclamo.SERVICIO_NO_HECHO, "Fui y estaba cerrado")
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        declarar_ausencia(sesion, m.actor, pedido.id)
    assert sorted(leer("SELECT estado FROM comercio_cita")) == [("sin_comprador",), ("sin_comprador",)]
    bien()
    reloj.adelantar(timedelta(days=8))
    assert tareas.dar_por_conformes() == 1
    tareas.liberar_vencidas()
    assert sorted(leer(COMO_VA)) == [
        ("concluido", "conforme", "liberada"),
        ("en_preparacion", "prestado", "congelada"),
    ]


def test_quien_compro_dice_que_no_lo_atendieron(peluqueria: Peluqueria, leer: Leer, reloj: Any) -> None:
    """Silence gives back; a seller who did attend says so, and who bought may claim."""
    m = peluqueria.mercado
    pedido, inicio = peluqueria.citado()
    otro, despues = peluqueria.citado(1)
    peluqueria.llega_la_hora(max(inicio, despues))
    for cual in (pedido, otro):
        with transaccion() as sesion:
            declarar_ausencia(sesion, m.actor, cual.id)
    with transaccion() as sesion:
        pedidos.prestar(sesion, m.actor_vendedor, otro.id, "Lo atendí y firmó la hoja")
    assert sorted(leer("SELECT estado FROM comercio_cita")) == [("cumplida",), ("sin_vendedor",)]
    bien()
    reloj.adelantar(timedelta(days=6))
    assert tareas.cancelar_vencidos() == 1
    assert sorted(leer(COMO_VA)) == [
        ("cancelado", "anulado", "devuelta"),
        ("en_preparacion", "prestado", "retenida"),
    ]
    bien()


def test_lo_que_se_niega_no_cambia_nada(peluqueria: Peluqueria, leer: Leer) -> None:
    m = peluqueria.mercado
    pedido, inicio = peluqueria.citado()
    otro = peluqueria.comprar()
    comun = m.pedido((m.publicar("Bordado", categoria="confeccion", unidad_medida="servicio"), 1))
    with pytest.raises(HoraOcupada):
        peluqueria.pedir(otro, inicio)
    with pytest.raises(HoraOcupada):  # not an hour of the agenda
        peluqueria.pedir(otro, peluqueria.libres()[0].inicio + timedelta(minutes=7))
    with pytest.raises(TransicionInvalida, match="la elige quien compró"):
        peluqueria.pedir(otro, peluqueria.libres()[0].inicio, m.actor_vendedor)
    with pytest.raises(SinCita):
        peluqueria.pedir(comun, peluqueria.libres()[0].inicio)
    with pytest.raises(TransicionInvalida, match="Nadie pide"):
        peluqueria.responder(pedido, m.actor, True)
    assert leer(CITAS) == [("fijada", "comprador")]


def test_lo_que_lleva_cita_se_compra_de_a_uno(peluqueria: Peluqueria, leer: Leer) -> None:
    m = peluqueria.mercado
    arreglo = m.publicar("Arreglo", categoria="confeccion", unidad_medida="servicio")
    for lineas in (((peluqueria.corte, 2),), ((peluqueria.corte, 1), (arreglo, 1))):
        with pytest.raises(CitaDeAUna):
            m.comprar(*lineas)
    assert leer("SELECT count(*) FROM comercio_pedido") == [(0,)]
    m.comprar((peluqueria.corte, 1), (m.publicar("Chompa"), 3))  # goods are another order
    assert leer("SELECT count(*) FROM comercio_servicio WHERE duracion_min = 30") == [(1,)]


def test_lo_que_dice_quien_vende(
    peluqueria: Peluqueria, leer: Leer, crear_persona: Callable[..., Any], actor_de: Callable[..., Actor]
) -> None:
    """What was taken stays as it was taken; nobody else says it, and goods have no appointment."""
    m, agenda_id = peluqueria.mercado, peluqueria.agenda_id
    _pedido, inicio = peluqueria.citado()
    chompa = m.variante(m.publicar("Chompa"))
    datos = DatosDeAgenda("La silla", 2, 3, {1: ((540, 600),)})
    with pytest.raises(AgendaNoEncontrada), transaccion() as sesion:
        cambiar_agenda(sesion, actor_de(crear_persona("Otro")), agenda_id, datos)
    with pytest.raises(DatosInvalidos, match="al menos un día"), transaccion() as sesion:
        cambiar_agenda(sesion, m.actor_vendedor, agenda_id, DatosDeAgenda("La silla", 2, 3, {}))
    with pytest.raises(DatosInvalidos, match="Solo un servicio"), transaccion() as sesion:
        atender_con_cita(sesion, m.actor_vendedor, agenda_id, chompa, 30)
    with transaccion() as sesion:
        cambiar_agenda(sesion, m.actor_vendedor, agenda_id, datos)
    assert leer("SELECT inicio FROM comercio_cita WHERE estado = 'fijada'") == [(inicio,)]
    assert {h.inicio.isoweekday() for h in peluqueria.libres()} <= {1}
    with transaccion() as sesion:
        atender_con_cita(sesion, m.actor_vendedor, agenda_id, peluqueria.variante_id, None)
    m.comprar((peluqueria.corte, 2))  # it needs no appointment any more
    assert leer("SELECT agenda_id IS NULL FROM comercio_servicio ORDER BY pedido_id") == [(False,), (True,)]


def test_dos_agendas_con_un_nombre(peluqueria: Peluqueria, leer: Leer) -> None:
    m = peluqueria.mercado
    datos = DatosDeAgenda("La silla", 1, 0, TODOS_LOS_DIAS)
    with pytest.raises(AgendaRepetida), transaccion() as sesion:
        abrir_agenda(sesion, m.actor_vendedor, m.unidad.id, datos)
    with pytest.raises(SinFacultad), transaccion() as sesion:
        abrir_agenda(sesion, m.actor, m.unidad.id, datos)
    assert leer("SELECT count(*) FROM comercio_agenda") == [(1,)]


def test_se_avisa_a_cada_lado(peluqueria: Peluqueria, leer: Leer) -> None:
    m = peluqueria.mercado
    pedido, _inicio = peluqueria.citado(4)
    peluqueria.pedir(pedido, peluqueria.libres()[9].inicio, m.actor_vendedor)
    entregar_pendientes()
    peluqueria.responder(pedido, m.actor, False)
    entregar_pendientes()
    asuntos = [a.split(" del pedido")[0] for (a,) in leer(ASUNTOS)]
    assert asuntos == ["Cita", "Cita", "Le piden mover la cita", "La cita"]
