"""Announcing from a quote: by page, by whom, which account pays, and the collection at the door."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, func, select

from empresa_digital.registro import unidad_por_id
from envios.admision.estados import EstadoRecojo
from envios.admision.modelos import FilaDeAdmision, FilaDeRecojo
from envios.admision.recojos import dias_de_recojo
from envios.admision.tareas import vencer_recojos
from envios.admision.verificar import admisiones
from envios.eventos import (
    Correccion,
    EventoNuevo,
    Fuente,
    MotivoCorreccion,
    corregir,
    registrar_evento,
)
from envios.eventos.anular import pedir_anulacion, responder_anulacion
from envios.items import EstadoEnvio, destinatario_de, remitente_de
from envios.items.modelos import Envio
from envios.portes.modelos import Excedente, Porte
from envios.portes.verificar import verificar_portes
from envios.tarifas.modelos import Cotizacion
from nucleo.actor import Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import fecha_bolivia
from pagos import cuenta_de_persona, cuenta_de_unidad, saldo
from tests.ayudas.personas import abonar
from tests.envios.admision.conftest import POTOSI, UYUNI, Correo
from tests.envios.admision.test_mostrador import plano

OFERTA = {"origen": POTOSI, "destino": UYUNI, "peso_kg": "1,2"}


def datos(correo: Correo, **cambios: str) -> dict[str, str]:
    return {
        **OFERTA,
        "operador": str(correo.operador.id),
        "servicio": "ordinario",
        "visto": "29,00",
        "remitente": "yo",
        "destinatario_nombre": "Zenón Mamani",
        "destinatario_telefono": "",
        "destino_referencia": "Frente al mercado",
        "que_contiene": "Una chompa",
        "paga": "efectivo",
        "_id": str(nuevo_id()),
        **cambios,
    }


def con_recojo(correo: Correo, sesion: Session, **cambios: str) -> dict[str, str]:
    dia = dias_de_recojo(sesion, correo.potosi)[0]
    propios = {
        "servicio": "expreso",
        "recojo": "1",
        "visto": "43,00",
        "recojo_direccion": "Calle Sucre 10",
        "recojo_telefono": "71000001",
        "recojo_dia": dia.isoformat(),
        "recojo_franja": "manana",
    }
    return datos(correo, **(propios | cambios))


@pytest.fixture
def ana(correo: Correo, sesion_web: Any) -> Any:
    return sesion_web(correo.ana)


def cuantos(sesion: Session) -> tuple[int, int, int]:
    sesion.rollback()
    return tuple(  # type: ignore[return-value]
        sesion.exec(select(func.count()).select_from(t)).one() for t in (Envio, Cotizacion, FilaDeRecojo)
    )


def test_de_la_pregunta_al_anuncio(
    sesion: Session, correo: Correo, ana: Any, sesion_web: Any, cliente: Any, reloj: Any
) -> None:
    cuesta = ana.get("/cuanto-cuesta-enviar", params=OFERTA)
    enlace = re.search(r'href="(/envios/nuevo\?[^"]+servicio=ordinario)"', cuesta.text)
    assert enlace is not None
    pagina = ana.get(enlace[1].replace("&amp;", "&"))
    for parte in ("Total Bs 29,00", "En efectivo, cuando el operador lo reciba"):
        assert parte in plano(pagina), parte
    assert len(pagina.content) < 60_000
    sin_elegir = ana.get("/envios/nuevo", follow_redirects=False)
    assert (sin_elegir.status_code, sin_elegir.headers["location"]) == (303, "/cuanto-cuesta-enviar")

    cuerpo = datos(correo)
    hechos = [ana.post("/envios/nuevo", data=cuerpo) for _vez in range(2)]
    assert [h.status_code for h in hechos] == [303, 303], plano(hechos[0])
    assert cuantos(sesion) == (1, 1, 0)
    envio = sesion.exec(select(Envio)).one()
    assert hechos[1].headers["location"] == f"/seguimiento/{envio.numero}"
    assert remitente_de(sesion, envio).persona_id == correo.ana.id
    assert (envio.estado, envio.operador_unidad_id, envio.peso_g) == ("anunciado", correo.operador.id, 1_200)
    assert sesion.exec(select(func.count()).select_from(Porte)).one() == 0

    assert "Entregar lo que anunció" in plano(ana.get("/panel"))
    seguimiento = f"/seguimiento/{envio.numero}"
    que_hacer = plano(ana.get(seguimiento))  # who sends reads what is theirs to do, and whose the code is
    for parte in (
        "Péguele la etiqueta y entréguelo al operador.",
        "Llévelo a una agencia de Correos de prueba.",
        "Agencias y horarios en Potosí, Potosí",
        "Pague Bs 29,00 en efectivo al entregarlo",
        "Código de entrega para Zenón Mamani",
        "Páseselo solo a quien lo recibe",
        "Peso declarado 1,2 kg",
        "Se entrega En una agencia",
    ):
        assert parte in que_hacer, parte
    assert "se le paga a quien vendió" not in que_hacer
    assert f'href="/agencias?municipio={POTOSI}"' in ana.get(seguimiento).text

    cartero = sesion_web(correo.cartero)  # and at the counter it is paid in cash
    ruta = f"/envios/mostrador/{correo.potosi.id}/admitir/{envio.id}"
    assert cartero.post(ruta, data={"peso_kg": "1,2", "visto": "29,00"}).status_code == 303
    sesion.rollback()
    porte = sesion.exec(select(Porte)).one()
    assert (porte.estado, porte.cobrado) == ("en_efectivo", bs(29))
    ya = plano(ana.get(seguimiento))
    for parte in ("Peso medido 1,2 kg", "Franqueo Bs 29,00 Pagado en ventanilla", "Prometido para el"):
        assert parte in ya, parte
    assert "Lo que le toca" not in ya
    assert "Entregar lo que anunció" not in plano(ana.get("/panel"))
    assert f'href="/envios/{envio.id}/franqueo"' in ana.get(seguimiento).text
    publico = plano(cliente.get(seguimiento))
    assert not [p for p in ("Peso", "Franqueo", "Lleva demora", "Zenón") if p in publico]
    reloj.adelantar(timedelta(days=20))
    for tarde in (cliente.get(seguimiento), cliente.get(f"/seguimiento?numero={envio.numero}%0AX")):
        assert "Lleva demora" in plano(tarde)


def test_paga_la_cuenta_y_se_liquida_con_el_peso_medido(
    sesion: Session, correo: Correo, sesion_web: Any
) -> None:
    abonar(correo.ana, "100.00")
    cuenta, ana = cuenta_de_persona(sesion, correo.ana.id), sesion_web(correo.ana)
    sesion.commit()
    sin = ana.post("/envios/nuevo", data=datos(correo, paga=str(cuenta), peso_kg="30", visto="200,00"))
    assert (sin.status_code, cuantos(sesion)) == (409, (0, 0, 0)), plano(sin)
    assert '<a href="#paga">Su saldo disponible no alcanza' in sin.text, plano(sin)
    hecho = ana.post("/envios/nuevo", data=datos(correo, paga=str(cuenta)))
    assert hecho.status_code == 303, plano(hecho)
    sesion.rollback()
    assert saldo(sesion, cuenta) == bs(71)
    envio = sesion.exec(select(Envio)).one()

    cartero = sesion_web(correo.cartero)
    ruta = f"/envios/mostrador/{correo.potosi.id}/admitir/{envio.id}"
    dice = plano(cartero.get(ruta, params={"peso_kg": "0,9"}))
    assert "Se cotizó en Bs 29,00: medido cuesta Bs 3,00 menos" in dice
    assert "Se paga de la cuenta de quien lo anunció: no cobre nada." in dice
    assert cartero.post(ruta, data={"peso_kg": "0,9", "visto": "26,00"}).status_code == 303
    sesion.rollback()
    fila, porte = sesion.exec(select(FilaDeAdmision)).one(), sesion.exec(select(Porte)).one()
    assert (fila.importe, fila.medio) == (bs(26), "cuenta")
    assert (porte.estado, porte.cobrado, porte.devuelto) == ("liquidado", bs(26), bs(3))
    assert saldo(sesion, cuenta) == bs(74)
    assert saldo(sesion, cuenta_de_unidad(sesion, correo.operador.id)) == bs(26)


@pytest.mark.parametrize(
    ("cambio", "estado", "dice"),
    [
        ({"destinatario_nombre": ""}, 422, "Escriba el nombre de quien recibe."),
        ({"visto": "1,00"}, 409, "Ahora cuesta Bs 29,00"),
        ({"paga": "x"}, 422, "Elija cómo se paga."),
        ({"remitente": "x"}, 422, "Elija una opción de la lista."),
        ({"recojo": "1", "servicio": "expreso", "visto": "43,00"}, 422, "Elija el día."),
    ],
)
def test_lo_que_no_sirve_no_anuncia_nada(
    sesion: Session, correo: Correo, ana: Any, cambio: dict[str, str], estado: int, dice: str
) -> None:
    mal = ana.post("/envios/nuevo", data=datos(correo, **cambio))
    assert (mal.status_code, dice in plano(mal)) == (estado, True), plano(mal)[2000:6000]
    assert cuantos(sesion) == (0, 0, 0)


def test_de_una_unidad_solo_quien_despacha_o_vende(
    sesion: Session, correo: Correo, ana: Any, sesion_web: Any
) -> None:
    ajena = ana.post("/envios/nuevo", data=datos(correo, remitente=str(correo.tienda_id)))
    assert ajena.status_code == 403
    assert cuantos(sesion) == (0, 0, 0)
    suya = sesion_web(correo.vendedora).post(
        "/envios/nuevo", data=datos(correo, remitente=str(correo.tienda_id))
    )
    assert suya.status_code == 303
    sesion.rollback()
    assert remitente_de(sesion, sesion.exec(select(Envio)).one()).unidad_id == correo.tienda_id


def test_se_recoge_en_la_puerta(sesion: Session, correo: Correo, ana: Any, sesion_web: Any) -> None:
    cuerpo = con_recojo(correo, sesion)
    pagina = ana.get(
        "/envios/nuevo",
        params={c: v for c, v in cuerpo.items() if c in (*OFERTA, "operador", "servicio", "recojo")},
    )
    assert "Recojo a domicilio" in plano(pagina)
    assert f'value="{cuerpo["recojo_dia"]}"' in pagina.text
    hecho = ana.post("/envios/nuevo", data=cuerpo)
    assert hecho.status_code == 303, plano(hecho)
    sesion.rollback()
    envio, recojo = sesion.exec(select(Envio)).one(), sesion.exec(select(FilaDeRecojo)).one()
    assert (recojo.agencia_id, recojo.telefono, recojo.vez) == (correo.potosi.id, "+59171000001", 1)

    cartero = sesion_web(correo.cartero)
    base = f"/envios/mostrador/{correo.potosi.id}"
    ronda = plano(cartero.get(f"{base}/recojos", params={"dia": cuerpo["recojo_dia"]}))
    for parte in ("Calle Sucre 10", "Por recoger En la mañana, de 8:00 a 12:00", "Ana Prueba"):
        assert parte in ronda, parte
    assert (
        cartero.post(f"{base}/admitir/{envio.id}", data={"peso_kg": "1,2", "visto": "43,00"}).status_code
        == 303
    )
    sesion.rollback()
    assert sesion.get_one(FilaDeRecojo, recojo.id).estado is EstadoRecojo.RECOGIDO
    assert sesion.exec(select(FilaDeAdmision)).one().clase == "recojo"
    assert sesion.get_one(Envio, envio.id).estado is EstadoEnvio.ADMITIDO
    tarde = cartero.post(f"{base}/recojos/{envio.id}/no-hallado", data={})
    assert tarde.status_code == 409


def toca_hoy(sesion: Session, fila: FilaDeRecojo) -> None:
    """Its day is here."""
    fila.dia = fecha_bolivia()
    sesion.add(fila)
    sesion.commit()


def test_si_no_hallan_a_nadie_se_pide_otro_dia_una_vez_y_el_tiempo_termina(
    sesion: Session, correo: Correo, ana: Any, sesion_web: Any, reloj: Any
) -> None:
    ana.post("/envios/nuevo", data=con_recojo(correo, sesion))
    sesion.rollback()
    envio, recojo = sesion.exec(select(Envio)).one(), sesion.exec(select(FilaDeRecojo)).one()
    pagina, otro_dia = f"/envios/{envio.id}/recojo", dias_de_recojo(sesion, correo.potosi)[-1].isoformat()
    pedir = {"recojo_dia": otro_dia, "recojo_franja": "tarde"}
    assert ana.post(pagina, data=pedir).status_code == 409  # nobody went yet
    no_hallado = f"/envios/mostrador/{correo.potosi.id}/recojos/{envio.id}/no-hallado"
    assert sesion_web(correo.otro).post(no_hallado, data={}).status_code == 403
    cartero = sesion_web(correo.cartero)
    antes = cartero.post(no_hallado, data={})
    assert (antes.status_code, "antes no hay visita que anotar" in plano(antes)) == (409, True)
    hoy = plano(cartero.get(f"/envios/mostrador/{correo.potosi.id}/recojos"))
    espera = filtro_fecha(recojo.dia, "EEEE d 'de' MMMM")
    assert f"{espera} : 1 por recoger" in hoy
    toca_hoy(sesion, recojo)
    anotado = cartero.post(no_hallado, data={})
    assert anotado.headers["location"].endswith(f"/recojos?dia={fecha_bolivia().isoformat()}")
    assert "Puede pedir otro día una sola vez" in plano(ana.get(pagina))
    mal = ana.post(pagina, data=pedir | {"recojo_dia": "2020-01-01"})
    assert (mal.status_code, "Elija un día de la lista" in plano(mal)) == (422, True)
    assert ana.post(pagina, data=pedir).status_code == 303
    sesion.rollback()
    sesion.refresh(recojo)
    assert (recojo.vez, recojo.dia.isoformat()) == (2, otro_dia)
    toca_hoy(sesion, recojo)
    assert cartero.post(no_hallado, data={}).status_code == 303
    assert ana.post(pagina, data=pedir).status_code == 409
    sesion.rollback()
    fila = sesion.get_one(FilaDeRecojo, recojo.id)
    sesion.refresh(fila)
    assert (fila.estado, fila.vez) == (EstadoRecojo.NO_HALLADO, 2)
    assert vencer_recojos() == 0
    reloj.adelantar(timedelta(days=2, seconds=1))
    assert vencer_recojos() == 1
    sesion.rollback()
    fila = sesion.get_one(FilaDeRecojo, recojo.id)
    sesion.refresh(fila)
    assert (fila.estado, fila.vence_en) == (EstadoRecojo.VENCIDO, None)
    assert vencer_recojos() == 0


@pytest.mark.parametrize("paga", ["cuenta", "efectivo"])
@pytest.mark.parametrize("pasaron", [False, True], ids=["nadie pasó", "pasaron y nadie abrió"])
def test_de_un_recojo_se_cobra_la_visita_y_no_el_pedido(
    paga: str, pasaron: bool, sesion: Session, correo: Correo, sesion_web: Any, reloj: Any
) -> None:
    """Bs 10 of the 43,00 are the visit: they go back when nobody came, or are not asked of who pays cash."""
    abonar(correo.ana, "100.00")
    cuenta, ana = cuenta_de_persona(sesion, correo.ana.id), sesion_web(correo.ana)
    del_operador = cuenta_de_unidad(sesion, correo.operador.id)
    sesion.commit()
    pedido = con_recojo(correo, sesion, paga=str(cuenta) if paga == "cuenta" else paga)
    assert ana.post("/envios/nuevo", data=pedido).status_code == 303
    sesion.rollback()
    envio, fila = sesion.exec(select(Envio)).one(), sesion.exec(select(FilaDeRecojo)).one()
    cotizada = sesion.get_one(Cotizacion, envio.cotizacion_id)
    assert (cotizada.total, cotizada.cargo_recojo) == (bs(43), bs(10))
    cartero = sesion_web(correo.cartero)
    base = f"/envios/mostrador/{correo.potosi.id}"
    if pasaron:
        toca_hoy(sesion, fila)
        assert cartero.post(f"{base}/recojos/{envio.id}/no-hallado", data={}).status_code == 303
        sesion.rollback()
        sesion.refresh(fila)
    assert (fila.paso_en is not None, fila.vence_en is not None) == (pasaron, True)
    reloj.situar(fila.vence_en - timedelta(seconds=30))
    assert vencer_recojos() == 0
    reloj.situar(fila.vence_en + timedelta(seconds=1))
    assert (vencer_recojos(), vencer_recojos()) == (1, 0)
    sesion.rollback()
    sesion.refresh(fila)
    assert fila.estado is EstadoRecojo.VENCIDO
    cuesta = bs(43) if pasaron else bs(33)
    assert saldo(sesion, cuenta) == (bs(100) - cuesta if paga == "cuenta" else bs(100))
    dice = "10,00 del recojo no se cobran"
    avisos = sesion.scalars(text("SELECT cuerpo FROM ciudadania_notificacion")).all()
    assert any(dice in cuerpo for cuerpo in avisos) is not pasaron, avisos
    for comprobar in (admisiones, verificar_portes):
        assert comprobar(sesion) == []

    visto = "43,00" if pasaron else "33,00"
    hecha = sesion_web(correo.cartero).post(
        f"{base}/admitir/{envio.id}", data={"peso_kg": "1,2", "visto": visto}
    )
    assert hecha.status_code == 303, plano(hecha)
    sesion.rollback()
    admitida, porte = sesion.exec(select(FilaDeAdmision)).one(), sesion.exec(select(Porte)).one()
    assert (admitida.importe, admitida.clase, porte.cobrado) == (cuesta, "anunciado", cuesta)
    assert saldo(sesion, del_operador) == (cuesta if paga == "cuenta" else bs(0))
    assert porte.recojo_devuelto == (bs(10) if paga == "cuenta" and not pasaron else bs(0))
    for comprobar in (admisiones, verificar_portes):
        assert comprobar(sesion) == []


def test_lo_que_vuelve_de_un_recojo_se_descuenta_tambien_si_se_anula_o_pesa_mas(
    sesion: Session, correo: Correo, sesion_web: Any, reloj: Any
) -> None:
    """Never back twice; what it weighs more is asked above what was still held; of what was read by mistake
    the postage is settled, and a correction moves no money."""
    abonar(correo.ana, "200.00")
    cuenta, ana = cuenta_de_persona(sesion, correo.ana.id), sesion_web(correo.ana)
    sesion.commit()
    for _vez in range(3):
        assert ana.post("/envios/nuevo", data=con_recojo(correo, sesion, paga=str(cuenta))).status_code == 303
    sesion.rollback()
    anulado, pesado, leido = sesion.exec(select(Envio).order_by(Envio.creado_en, Envio.id)).all()
    cartero = correo.actor(correo.cartero)
    with transaccion() as otra:
        leida = registrar_evento(otra, cartero, leido.id, EventoNuevo("EMA", leido.id), Fuente.API).evento
        assert leida is not None
        mal = Correccion(MotivoCorreccion.NO_OCURRIO, leida.id)
        corregir(otra, cartero, correo.operador.id, mal, Fuente.PAGINA)
    fila = sesion.exec(select(FilaDeRecojo).order_by(FilaDeRecojo.id).limit(1)).one()
    with pytest.raises(DBAPIError, match="no vuelve el recojo"):
        sesion.execute(text("UPDATE envios_porte SET recojo_devuelto = 1000"))
    sesion.rollback()
    assert fila.vence_en is not None
    reloj.situar(fila.vence_en + timedelta(seconds=1))
    assert vencer_recojos() == 3
    sesion.rollback()
    assert saldo(sesion, cuenta) == bs(91)
    with transaccion() as otra:
        pedir_anulacion(otra, Autorizacion.propia(correo.actor(correo.ana)), anulado.id)
        responder_anulacion(otra, cartero, anulado.id, confirma=True)
    sesion.rollback()
    assert saldo(sesion, cuenta) == bs(124)
    ruta = f"/envios/mostrador/{correo.potosi.id}/admitir/{pesado.id}"
    hecha = sesion_web(correo.cartero).post(ruta, data={"peso_kg": "3", "visto": "33,00"})
    assert hecha.status_code == 303, plano(hecha)
    sesion.rollback()
    porte = sesion.exec(select(Porte).where(Porte.envio_id == pesado.id)).one()
    excedente = sesion.get_one(Excedente, porte.id)
    assert (porte.cobrado, porte.devuelto) == (bs(33), bs(10))
    assert excedente.monto == porte.total - bs(33) > bs(0)
    assert (verificar_portes(sesion), admisiones(sesion)) == ([], [])


def test_recibe_quien_tiene_cuenta_y_no_se_averigua_de_quien_es(
    sesion: Session, correo: Correo, ana: Any, sesion_web: Any, cliente: Any
) -> None:
    """A unit by its number, a person by card and name; for the other cases there is one answer."""
    luis, tienda = correo.otro, unidad_por_id(sesion, correo.tienda_id)
    como_luis = {"destinatario_nombre": "Olga Prueba", "destinatario_cuenta": luis.ci}
    sesion.rollback()
    dice = "Nadie tiene a la vez ese dato y ese nombre"
    for cambio in (
        {"destinatario_nombre": "Otra Persona"},
        {"destinatario_cuenta": "99999999"},
        {"destinatario_cuenta": "@nadie"},
    ):
        mal = ana.post("/envios/nuevo", data=datos(correo, **(como_luis | cambio)))
        assert (mal.status_code, dice in plano(mal)) == (422, True), plano(mal)
    assert cuantos(sesion) == (0, 0, 0)
    assert ana.post("/envios/nuevo", data=datos(correo, **como_luis)).status_code == 303
    a_la_tienda = datos(correo, destinatario_nombre="Recepción", destinatario_cuenta=tienda.numero.lower())
    assert ana.post("/envios/nuevo", data=a_la_tienda).status_code == 303
    para_luis, para_la_tienda = sesion.exec(select(Envio).order_by(Envio.creado_en)).all()
    assert destinatario_de(sesion, para_luis).persona_id == luis.id
    assert destinatario_de(sesion, para_la_tienda).unidad_id == correo.tienda_id
    codigo = para_luis.codigo_entrega[:3]
    sigue = f"/seguimiento/{para_luis.numero}"
    assert "Su código de entrega" in sesion_web(luis).get(sigue).text
    assert codigo in sesion_web(luis).get(sigue).text
    assert "Su código de entrega" not in ana.get(sigue).text
