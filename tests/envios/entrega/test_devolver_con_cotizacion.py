"""A return paid by a quote: held from the account of who sends it back, of this parcel and of no other."""

import re
from typing import Any
from uuid import UUID

import pytest

from empresa_digital.registro import unidad_por_id
from envios import portes
from envios.entrega.devolver import anunciar_devolucion
from envios.tarifas.cotizar import Pedido, cotizar
from envios.tarifas.tablas import EJEMPLOS, Que
from envios.tarifas.valores import Bulto
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from pagos import FondosInsuficientes, cuenta_de_persona, saldo
from tests.ayudas.personas import abonar, nuevo_actor
from tests.envios.portes.conftest import Casa
from tests.envios.portes.conftest import casa as casa
from tests.envios.portes.conftest import crear_operador as crear_operador
from tests.envios.portes.conftest import operador as operador
from tests.envios.tarifas.conftest import POTOSI

DE_VUELTA = ("ordinario", "interior", "eje", "nacional", "2")


def cotiza(casa: Casa, peso_g: int) -> UUID:
    with transaccion() as sesion:
        donde = unidad_por_id(sesion, casa.tienda_id).municipio_ine
        assert donde is not None
        pedido = Pedido(POTOSI, donde, Bulto(peso_g), "ordinario", casa.operador.id)
        return cotizar(sesion, nuevo_actor(casa.luis), pedido, id=nuevo_id()).id


def devuelve(casa: Casa, envio: UUID, **mas: Any) -> UUID:
    with transaccion() as sesion:
        return anunciar_devolucion(sesion, nuevo_actor(casa.luis), envio, **mas).id


def test_se_paga_de_la_cuenta_de_quien_devuelve(casa: Casa) -> None:
    casa.operador.con_tarifas(rutas=[*EJEMPLOS[Que.RUTAS], DE_VUELTA])
    envio = casa.enviar(remite="tienda", paga="tienda")
    casa.pasa(envio, "EMA", "EMI")
    cotizacion, de_otro_peso = cotiza(casa, 1_000), cotiza(casa, 2_400)
    with transaccion() as sesion:
        cuenta = cuenta_de_persona(sesion, casa.luis.id)
    con = {"cotizacion_id": cotizacion, "cuenta_id": cuenta}
    with pytest.raises(FondosInsuficientes):
        devuelve(casa, envio, **con)
    abonar(casa.luis, "40.00")
    with pytest.raises(DatosInvalidos) as distinta:
        devuelve(casa, envio, **con | {"cotizacion_id": de_otro_peso})
    assert distinta.value.campos is not None
    assert set(distinta.value.campos) == {"peso_g"}
    vuelta = devuelve(casa, envio, **con)
    porte = casa.porte(vuelta)
    assert (porte.estado, porte.cotizacion_id) == (portes.EstadoPorte.RETENIDO, cotizacion)
    with transaccion() as sesion:
        assert saldo(sesion, cuenta) == bs(40) - porte.cotizado
    casa.pasa(vuelta, "EMA", desde=ahora())
    assert casa.fila(vuelta) == ("liquidado", porte.cotizado, bs(0))
    casa.todo_cuadra()


def test_por_la_pagina_se_ve_lo_que_cuesta_y_se_elige_como_pagarlo(casa: Casa, sesion_web: Any) -> None:
    """Each service with its price for that weight; with another price by then nothing is announced."""
    casa.operador.con_tarifas(rutas=[*EJEMPLOS[Que.RUTAS], DE_VUELTA])
    envio = casa.enviar(remite="tienda", paga="tienda")
    casa.pasa(envio, "EMA", "EMI")
    luis, ruta = sesion_web(casa.luis), f"/envios/{envio}/devolucion"
    abonar(casa.luis, "100.00")
    pagina = luis.get(ruta, params={"peso_kg": "2,4"}).text.replace("\u00a0", " ")
    assert 'name="peso_g" value="2400"' in pagina
    (oferta,) = re.findall(r'name="oferta" value="(ordinario:[0-9.]+)"', pagina)
    assert f"Bs {oferta.partition(':')[2].replace('.', ',')}" in pagina
    mal = luis.get(ruta, params={"peso_kg": "mucho"})
    assert "Escriba el peso en kilos" in mal.text
    with transaccion() as sesion:
        cuenta = cuenta_de_persona(sesion, casa.luis.id)
    datos = {"contenido": "La chompa", "peso_g": "2400", "oferta": oferta, "paga": str(cuenta)}
    caro = luis.post(ruta, data=datos | {"oferta": "ordinario:1.00", "_id": str(nuevo_id())})
    assert (caro.status_code, "Ahora cuesta" in caro.text) == (422, True)
    dos_veces = datos | {"_id": str(nuevo_id())}
    hechas = {luis.post(ruta, data=dos_veces).headers["location"] for _vez in range(2)}
    assert len(hechas) == 1
    vuelta = UUID(hechas.pop().split("/")[2])
    assert casa.porte(vuelta).estado is portes.EstadoPorte.RETENIDO
    assert casa.porte(vuelta).cotizado == bs(oferta.partition(":")[2])
    casa.todo_cuadra()
