"""Paying from an account what was left for the counter: who may, once, and what the worker sees of it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from empresa_digital.registro import Facultad, NuevoMandato, unidad_por_id
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from envios.admision.admitir import admitir
from envios.admision.errores import PrecioDistinto
from envios.admision.estados import Medio
from envios.admision.modelos import FilaDeAdmision
from envios.admision.pagar import pagar_franqueo
from envios.admision.precio import Pesada
from envios.items import remitente_de
from envios.items.modelos import Envio
from envios.portes.modelos import Porte
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from pagos import FondosInsuficientes, cuenta_de_persona, cuenta_de_unidad, cuentas_de, saldo
from tests.ayudas.carreras import cruzar
from tests.ayudas.personas import abonar
from tests.envios.admision.conftest import Correo
from tests.envios.admision.test_mostrador import SIN_ANUNCIO, plano

SIN_COINCIDIR = "Nadie tiene a la vez ese dato y ese nombre"


def con_cuenta(correo: Correo, **cambios: str) -> dict[str, str]:
    propios = {"remitente_nombre": "Ana Prueba", "remitente_cuenta": correo.ana.ci, "paga": "cuenta"}
    return SIN_ANUNCIO | propios | {"_id": str(nuevo_id())} | cambios


def cuantos(sesion: Session) -> tuple[int, int, int]:
    sesion.rollback()
    a, b, c = (sesion.exec(select(func.count()).select_from(t)).one() for t in (Envio, Porte, FilaDeAdmision))
    return a, b, c


def de(sesion: Session, correo: Correo) -> tuple[Any, Any]:
    """What Ana's wallet and the operator's account hold."""
    sesion.rollback()
    return (
        saldo(sesion, cuenta_de_persona(sesion, correo.ana.id)),
        saldo(sesion, cuenta_de_unidad(sesion, correo.operador.id)),
    )


def test_quien_esta_delante_paga_con_su_celular(
    sesion: Session,
    correo: Correo,
    mostrador: Any,
    sesion_web: Any,
    cliente: Any,
) -> None:
    navegador, base = mostrador
    abonar(correo.ana, "100.00")
    cuerpo = con_cuenta(correo)
    hechos = [navegador.post(f"{base}/nuevo", data=cuerpo) for _vez in range(2)]
    assert [h.status_code for h in hechos] == [303, 303], plano(hechos[0])
    assert cuantos(sesion) == (1, 0, 0)
    envio = sesion.exec(select(Envio)).one()
    ruta = f"{base}/admitir/{envio.id}"
    assert {h.headers["location"].split("?")[0] for h in hechos} == {ruta}
    assert remitente_de(sesion, envio).persona_id == correo.ana.id
    espera = navegador.get(hechos[0].headers["location"])
    for parte in ("Pesa 1,2 kg", "Cobre en efectivo Bs 29,00", "O con su cuenta de Qhatu", "Ver si ya pagó"):
        assert parte in plano(espera), parte
    assert len(espera.content) < 60_000

    ana = sesion_web(correo.ana)
    seguimiento = f"/seguimiento/{envio.numero}"
    assert "Pagar el franqueo, Bs 29,00" in plano(ana.get(seguimiento))
    pagina = ana.get(f"/envios/{envio.id}/pagar")
    assert "Mi billetera · Bs 100,00" in plano(pagina)
    cuenta = str(cuenta_de_persona(sesion, correo.ana.id))
    caro = ana.post(f"/envios/{envio.id}/pagar", data={"cuenta": cuenta, "visto": "28,00"})
    assert (caro.status_code, "Ahora cuesta Bs 29,00" in plano(caro)) == (409, True)
    assert cuantos(sesion) == (1, 0, 0)
    for _vez in range(2):
        en_la_balanza = f"/envios/{envio.id}/pagar?ventanilla=1"
        pagado = ana.post(en_la_balanza, data={"cuenta": cuenta, "visto": "29,00"})
        assert (pagado.status_code, pagado.headers["location"]) == (303, en_la_balanza)
    assert "Ya está pagado: dígalo en la ventanilla." in plano(ana.get(en_la_balanza))
    assert de(sesion, correo) == (bs(71), bs(0))
    assert "No hay nada que pagar" in plano(ana.get(f"/envios/{envio.id}/pagar"))

    # The worker had been told to take cash: shown again, nothing was taken.
    datos = {"peso_kg": "1,2", "visto": "29,00", "medio": "efectivo"}
    doble = navegador.post(ruta, data=datos)
    assert (doble.status_code, "no cobre en efectivo" in plano(doble)) == (409, True)
    assert cuantos(sesion) == (1, 1, 0)
    ahora_si = navegador.post(ruta, data=datos | {"medio": "cuenta"})
    assert ahora_si.headers["location"] == f"/envios/{envio.id}/constancia"
    assert de(sesion, correo) == (bs(71), bs(29))
    fila = sesion.exec(select(FilaDeAdmision)).one()
    assert (fila.medio, fila.importe, fila.clase) == (Medio.CUENTA, bs(29), "anunciado")
    suyo, ajeno = ana.get(seguimiento).text, cliente.get(seguimiento).text
    for ruta_suya in ("constancia", "franqueo"):
        assert f"/envios/{envio.id}/{ruta_suya}" in suyo
        assert f"/envios/{envio.id}/{ruta_suya}" not in ajeno
    assert f"/envios/{envio.id}/pagar" not in suyo
    # Whoever sends it has an account: the code is on their page, not on the paper.
    assert envio.codigo_entrega not in navegador.get(f"/envios/{envio.id}/constancia").text
    assert envio.codigo_entrega[:3] in ana.get(f"/seguimiento/{envio.numero}").text


def test_la_unidad_que_envia_paga_por_mandato(
    sesion: Session,
    correo: Correo,
    mostrador: Any,
    sesion_web: Any,
    crear_persona: Any,
    otorgar: Any,
) -> None:
    navegador, base = mostrador
    contadora = crear_persona("Conta")
    otorgar(correo.tienda_id, contadora, Facultad.PAGAR)
    abonar_unidad = unidad_por_id(sesion, correo.tienda_id)
    abonar(abonar_unidad, "50.00")
    hecho = navegador.post(
        f"{base}/nuevo",
        data=con_cuenta(correo, remitente_nombre="La tienda", remitente_cuenta=abonar_unidad.numero),
    )
    assert hecho.status_code == 303, plano(hecho)
    envio = sesion.exec(select(Envio)).one()
    assert remitente_de(sesion, envio).unidad_id == correo.tienda_id
    ruta, cuenta = f"/envios/{envio.id}/pagar", str(cuenta_de_unidad(sesion, correo.tienda_id))
    datos = {"cuenta": cuenta, "visto": "29,00"}
    # The seller sends for the shop, and does not pay for it; a stranger sees nothing.
    vendedora = sesion_web(correo.vendedora)
    assert vendedora.post(ruta, data=datos).status_code == 403
    assert sesion_web(correo.ana).post(ruta, data=datos).status_code == 404
    assert cuantos(sesion) == (1, 0, 0)
    # Who only pays together with others is not offered what nobody else signs here.
    conjunta = NuevoMandato(
        facultades=(Facultad.PAGAR,), persona_id=correo.otro.id, firmas=2, grupo=nuevo_id()
    )
    with transaccion() as otra:
        tienda = bloquear_unidad(otra, correo.tienda_id)
        otorgar_con(otra, tienda, Autorizacion.propia(Actor.sistema("prueba")), conjunta)
        con_otros = cuentas_de(otra, correo.actor(correo.otro))
        a_solas = cuentas_de(otra, correo.actor(correo.otro), con_otros=False)
        assert [c.unidad_id for c in con_otros] == [None, correo.tienda_id]
        assert [c.unidad_id for c in a_solas] == [None]
    assert sesion_web(contadora).post(ruta, data=datos).status_code == 303
    assert saldo(sesion, int(cuenta)) == bs(21)


@pytest.mark.parametrize(
    ("cambio", "campo"),
    [
        ({"remitente_cuenta": ""}, "diga de quién es"),
        ({"remitente_cuenta": "9999999"}, SIN_COINCIDIR),
        ({"remitente_nombre": "Otro Nombre"}, SIN_COINCIDIR),
        ({"remitente_cuenta": "UE-0009999-9"}, "No hay ninguna unidad activa con ese número"),
    ],
)
def test_de_quien_es_la_cuenta_no_se_averigua_en_el_mostrador(
    sesion: Session,
    correo: Correo,
    mostrador: Any,
    cambio: dict[str, str],
    campo: str,
) -> None:
    navegador, base = mostrador
    mal = navegador.post(f"{base}/nuevo", data=con_cuenta(correo) | cambio)
    assert (mal.status_code, campo in plano(mal)) == (422, True), plano(mal)[:2000]
    assert cuantos(sesion) == (0, 0, 0)


def test_sin_dinero_espera_y_vencida_la_cotizacion_paga_lo_de_hoy(
    sesion: Session,
    correo: Correo,
    mostrador: Any,
    reloj: Any,
) -> None:
    navegador, base = mostrador
    navegador.post(f"{base}/nuevo", data=con_cuenta(correo))
    envio = sesion.exec(select(Envio)).one()
    de_antes, cuenta = envio.cotizacion_id, cuenta_de_persona(sesion, correo.ana.id)
    sesion.rollback()
    with pytest.raises(FondosInsuficientes), transaccion() as otra:
        pagar_franqueo(otra, correo.actor(correo.ana), envio.id, cuenta, visto=bs(29))
    assert cuantos(sesion) == (1, 0, 0)
    abonar(correo.ana, "30.00")
    reloj.adelantar(timedelta(days=8))
    with transaccion() as otra:
        porte = pagar_franqueo(otra, correo.actor(correo.ana), envio.id, cuenta, visto=bs(29))
    assert (porte.cotizado, porte.cotizacion_id != de_antes) == (bs(29), True)
    assert de(sesion, correo) == (bs(1), bs(0))


def test_pagar_y_cobrar_en_efectivo_a_la_vez_es_una_sola_vez(
    sesion: Session,
    correo: Correo,
    mostrador: Any,
) -> None:
    navegador, base = mostrador
    abonar(correo.ana, "100.00")
    navegador.post(f"{base}/nuevo", data=con_cuenta(correo))
    envio = sesion.exec(select(Envio)).one()
    cuenta = cuenta_de_persona(sesion, correo.ana.id)
    sesion.commit()

    def paga(una: Session) -> None:
        pagar_franqueo(una, correo.actor(correo.ana), envio.id, cuenta, visto=bs(29))

    def cobra(una: Session) -> None:
        actor, pesada = correo.actor(correo.cartero), Pesada(1_200)
        admitir(una, actor, correo.potosi.id, envio.id, pesada, visto=bs(29), medio=Medio.EFECTIVO)

    assert isinstance(cruzar(paga, cobra), PrecioDistinto)
    assert cuantos(sesion) == (1, 1, 0)
    assert de(sesion, correo) == (bs(71), bs(0))
