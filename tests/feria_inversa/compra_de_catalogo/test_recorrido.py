"""A municipality buys from the catalogue by its pages, without JavaScript: from the search to the payment."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

import comercio
from comercio.compra.hacer import pedidos_de
from comercio.compra.modelos import Pedido
from comercio.comprometidos import responder_pago_fuera
from comercio.comprometidos.tareas import revisar_compromisos
from comercio.custodia import comprometer
from comercio.custodia.modelos import Custodia
from comercio.pedidos import manejadores
from comercio.pedidos.tareas import cancelar_vencidos, liberar_vencidas
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from empresa_digital.registro import Facultad
from feria_inversa.certificaciones.verificar import verificar_certificaciones
from feria_inversa.compra_de_catalogo import manejadores as de_las_compras
from feria_inversa.compra_de_catalogo.seguir import seguir
from feria_inversa.compra_de_catalogo.tareas import seguir_compras
from feria_inversa.compra_de_catalogo.verificar import verificar_compras
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.entidades import dar_mandato
from tests.comercio.test_web import oculto
from tests.feria_inversa.compra_de_catalogo.conftest import Ente

assert manejadores
assert de_las_compras
Web = Callable[..., Any]


@pytest.fixture(autouse=True)
def _cuadra(aplicacion: Any) -> Any:
    yield
    for comprobar in (verificar_compras, verificar_certificaciones):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


def _pedido(compra_id: str) -> Pedido:
    with transaccion() as sesion:
        (pedido,) = pedidos_de(sesion, UUID(compra_id))
        return pedido


def _pedir(berta: Any, ente: Ente, oferta: Any, certificacion: Any) -> Any:
    mesa = f"/entidades/{ente.id}/compras-de-catalogo"
    formulario = berta.get(f"{mesa}/nueva?oferta={oferta}")
    assert formulario.status_code == 200
    return berta.post(
        mesa,
        data={
            "_id": oculto(formulario.text, "_id"),
            "oferta_id": str(oferta),
            "certificacion_id": str(certificacion),
            "para_que": "Uniformes del personal",
            "forma": "correo",
            "destinatario": "Berta Prueba",
            "telefono": "71234567",
            "municipio_ine": "020105",
            "referencia": "Puerta verde, detrás de la plaza",
        },
    )


def _texto(cliente: Any, ruta: str) -> str:
    respuesta = cliente.get(ruta)
    assert respuesta.status_code == 200, ruta
    return str(respuesta.text).replace("\xa0", " ")


def test_de_la_busqueda_al_pago(ente: Ente, sesion_web: Web, cliente: Any) -> None:
    berta, carla, tomasa = (sesion_web(p) for p in (ente.entidad.persona, ente.carla, ente.mercado.vendedor))
    producto = ente.mercado.publicar("Chompa de alpaca", precio="80.00")
    # Carla writes the certificate down.
    lista = f"/entidades/{ente.id}/certificaciones"
    datos = {
        "ejecutora": "00",
        "numero": "0412",
        "fecha": fecha_bolivia(ahora()).isoformat(),
        "monto": "1.000",
    }
    datos |= {"objeto": "39500", "concepto": "Uniformes del personal"}
    certificada = carla.post(lista, data=datos).headers["location"]
    # Berta freezes a search, and asks its seller to hold what it led to.
    congelada = berta.post(
        "/busquedas-congeladas",
        data={
            "unidad_id": str(ente.id),
            "para_que": "Uniformes del personal",
            "producto_id": str(producto.id),
            "consulta": "q=chompa",
        },
    ).headers["location"]
    busqueda = congelada.rsplit("/", 1)[1]
    formulario = _texto(berta, f"/productos/{producto.id}/sostener?busqueda={busqueda}")
    pedida = berta.post(
        f"/productos/{producto.id}/sostener",
        data={
            "unidad_id": str(ente.id),
            "cantidad": "5",
            "dias": "7",
            "busqueda_id": oculto(formulario, "busqueda_id"),
        },
    )
    assert pedida.status_code == 303
    suyas = _texto(tomasa, "/vender/ofertas-sostenidas")
    respuesta = re.search(r'action="(/vender/ofertas-sostenidas/[0-9a-f-]{36}/respuesta[^"]*)"', suyas)
    assert respuesta is not None
    assert tomasa.post(respuesta[1], data={"sostener": "true"}).status_code == 303
    # She asks for the purchase; until somebody approves it, it is of the municipality only.
    mesa = _texto(berta, f"/entidades/{ente.id}/compras-de-catalogo")
    oferta = mesa.split("nueva?oferta=")[1].split('"')[0]
    una = _pedir(berta, ente, oferta, certificada.rsplit("/", 1)[1]).headers["location"]
    assert cliente.get(una).status_code == 404
    assert "Espera a que otra persona" in _texto(berta, una)
    con = {"se_paga_con": "cuenta"}
    propia = berta.post(una + "/aprobacion", data=con)
    assert propia.status_code == 403
    assert "Usted la pidió" in propia.text
    assert "se comprometen Bs 400,00 de la certificación 0412" in _texto(carla, una)
    assert carla.post(una + "/aprobacion", data=con).headers["location"] == una
    # It is public, with its evidence; the budget is committed and no money moved.
    publica = _texto(cliente, una)
    for dicho in ("Aprobada y ordenada", "0412 de", "partida 39500", "Berta Prueba", "Carla Prueba"):
        assert dicho in publica
    assert "Puerta verde" not in publica
    assert _texto(cliente, "/compras-de-catalogo").count("Chompa de alpaca") == 1
    assert "Bs 600,00" in _texto(carla, certificada)
    # It is delivered, received conform, and paid once there is money.
    compra_id = una.rsplit("/", 1)[1]
    ente.mercado.llevar(_pedido(compra_id), "EMA", "EMI")
    entregar_pendientes()
    nora = sesion_web(ente.nora)
    for no in (berta, carla):  # who asked for it, who decided it
        assert "la recibe otra persona" in _texto(no, una)
        assert no.post(una + "/conformidad").status_code == 403
    assert "¿Llegó bien?" in _texto(nora, una)
    assert nora.post(una + "/conformidad").headers["location"] == una
    sin_dinero = carla.post(una + "/pago", data={"medio": "libro"})
    assert sin_dinero.status_code == 409
    assert "Recibida, por pagar" in _texto(cliente, una)
    ente.abonar(ente.entidad.unidad, "500.00")
    assert carla.post(una + "/pago", data={"medio": "libro"}).headers["location"] == una
    pagada = _texto(cliente, una)
    assert "Pagada" in pagada
    assert "Bs 400,00" in _texto(carla, certificada)
    api = cliente.get(f"/api/v1/compras-de-catalogo/{compra_id}").json()
    assert (api["estado"], api["presupuesto"]["pagado"]["monto"]) == ("pagada", "400.00")
    assert (api["solicito"], api["decidio"]) == ("Berta Prueba", "Carla Prueba")


def test_sin_dinero_espera_y_se_paga_por_tesoreria(ente: Ente, sesion_web: Web, cliente: Any) -> None:
    """Received and late: it is told, and its C-31 ends it once who sells says that it came, or nothing."""
    certificacion = ente.certificar()
    compra = ente.pedir(ente.sostener(), certificacion)
    ente.aprobar(compra.id)
    ente.mercado.llevar(_pedido(str(compra.id)), "EMA", "EMI")
    una = f"/compras-de-catalogo/{compra.id}"
    ente.mercado.reloj.adelantar(timedelta(days=12))
    liberar_vencidas()
    entregar_pendientes()
    for quien in (sesion_web(ente.carla), cliente):  # to be paid, and not late yet
        assert "de atraso" not in _texto(quien, una)
    ente.mercado.reloj.adelantar(timedelta(days=18))
    carla = sesion_web(ente.carla)
    for quien in (carla, cliente):
        assert "de atraso" in _texto(quien, una)
    falta = carla.post(una + "/pago", data={"medio": "c31"})
    assert falta.status_code == 422
    assert "Escriba el número y la fecha del C-31" in falta.text
    hoy = fecha_bolivia(ahora()).isoformat()
    dicho = carla.post(una + "/pago", data={"medio": "c31", "comprobante": "4471", "fecha": hoy})
    assert dicho.headers["location"] == una
    entregar_pendientes()
    assert "C-31 4471" in _texto(cliente, una)
    assert "Recibida, por pagar" in _texto(cliente, una)
    ente.mercado.reloj.adelantar(timedelta(days=60))
    revisar_compromisos()
    assert seguir_compras() == 1
    assert seguir_compras() == 0
    assert "Pagada" in _texto(cliente, una)
    assert ente.de(certificacion) == ("0.00", "400.00", "600.00")


@pytest.mark.parametrize("debida", [False, True], ids=["al recibir", "lo que debe"])
def test_la_pagan_dos_que_firman_juntas(
    debida: bool, ente: Ente, sesion_web: Web, crear_persona: Callable[..., Any]
) -> None:
    """Whoever pays only with others sees the purchase, asks for the payment, and the other signs it."""
    gente, grupo = [crear_persona(n) for n in ("Dina", "Elsa")], nuevo_id()
    for persona in gente:
        dar_mandato(ente.entidad.unidad, persona, Facultad.PAGAR, firmas=2, grupo=grupo)
    certificacion = ente.certificar()
    compra = ente.pedir(ente.sostener(), certificacion)
    una = f"/compras-de-catalogo/{compra.id}"
    assert "Espera a que otra persona" in _texto(sesion_web(gente[0]), una)
    ente.aprobar(compra.id)
    ente.mercado.llevar(_pedido(str(compra.id)), "EMA", "EMI")
    ente.mercado.reloj.adelantar(timedelta(days=12))
    if debida:
        for dias in (0, 100):
            ente.mercado.reloj.adelantar(timedelta(days=dias))
            assert liberar_vencidas() == 0
            revisar_compromisos()
    entregar_pendientes()
    ente.abonar(ente.entidad.unidad, "500.00")
    dina, elsa = (sesion_web(p) for p in gente)
    assert "Bs 1.000,00" in _texto(dina, f"/certificaciones/{certificacion}")
    assert "Registrar el pago" in _texto(dina, una)
    pedido = dina.post(una + "/pago", data={"medio": "libro"})
    assert pedido.status_code == 303
    acto = pedido.headers["location"]
    assert acto.startswith("/por-firmar/")
    assert "Pagada" not in _texto(dina, una)
    visto = _texto(elsa, acto)
    assert f'href="{una}"' in visto
    huella = re.search(r'name="huella" value="([0-9a-f]{64})"', visto)
    assert huella is not None
    assert elsa.post(f"{acto}/firmar", data={"huella": huella[1]}).status_code == 303
    assert _pedido(str(compra.id)).estado == "concluido"
    entregar_pendientes()
    seguir_compras()
    pagada = _texto(dina, una)
    assert "Pagada" in pagada
    assert "Dina Prueba, Elsa Prueba, " in pagada.split("Registró el pago")[1]
    assert ente.de(certificacion) == ("0.00", "400.00", "600.00")


def test_el_pago_que_espera_firmas_no_se_da_por_hecho(
    ente: Ente, sesion_web: Web, crear_persona: Callable[..., Any]
) -> None:
    """Who approves alone and pays only with others: by the page and by the API it is said to be waiting."""
    gente, grupo = [crear_persona(n) for n in ("Dina", "Elsa")], nuevo_id()
    for persona in gente:
        dar_mandato(ente.entidad.unidad, persona, Facultad.PAGAR, firmas=2, grupo=grupo)
    dar_mandato(ente.entidad.unidad, gente[0], Facultad.COMPRAR)
    compra = ente.pedir(ente.sostener(), ente.certificar())
    ente.aprobar(compra.id)
    ente.mercado.llevar(_pedido(str(compra.id)), "EMA", "EMI")
    dina = sesion_web(gente[0])
    assert dina.post(f"/compras-de-catalogo/{compra.id}/conformidad").status_code == 303
    ente.abonar(ente.entidad.unidad, "500.00")
    clave = {"Idempotency-Key": str(nuevo_id())}
    respuesta = dina.post(
        f"/api/v1/compras-de-catalogo/{compra.id}/pago", json={"medio": "libro"}, headers=clave
    )
    assert (respuesta.status_code, respuesta.json()["faltan"]) == (202, 1)
    assert _pedido(str(compra.id)).estado == "entregado"


def test_lo_que_nadie_pago_no_se_dice_pagado(ente: Ente, sesion_web: Web, cliente: Any) -> None:
    """Executed of the budget is not paid: until who sells has it, it is said or owed, with its days."""
    certificacion = ente.certificar()
    compra = ente.pedir(ente.sostener(), certificacion)
    ente.aprobar(compra.id)
    pedido = _pedido(str(compra.id))
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.receptora, pedido.id)
    pago = comercio.PagoFuera("4471", fecha_bolivia(ahora()))
    with transaccion() as sesion:
        comercio.anotar_pago_fuera(sesion, ente.actora, pedido.id, pago)

    def leido() -> tuple[str, ...]:
        suyo = cliente.get(f"/api/v1/compras-de-catalogo/{compra.id}").json()["presupuesto"]
        return tuple(suyo[n]["monto"] for n in ("ejecutado", "pagado", "dicho", "adeudado"))

    una = f"/compras-de-catalogo/{compra.id}"
    assert leido() == ("400.00", "0.00", "400.00", "0.00")
    assert "para decir si no llegó" in _texto(cliente, una)
    assert "Registró el pago" in _texto(sesion_web(ente.carla), una)
    with transaccion() as sesion:
        responder_pago_fuera(sesion, ente.mercado.actor_vendedor, pedido.id, llego=False)
    ente.mercado.reloj.adelantar(timedelta(days=3))
    assert leido() == ("400.00", "0.00", "0.00", "400.00")
    publica = _texto(cliente, una)
    assert cliente.get("/api/v1" + una).json()["presupuesto"]["dias_de_mora"] == 3
    for dicho in ("La entidad lo debe", "La entidad debe", "Lleva 3 días de atraso."):
        assert dicho in publica
    assert "Registró el pago" not in _texto(sesion_web(ente.carla), una)  # it did not come
    certificada = _texto(sesion_web(ente.carla), f"/certificaciones/{certificacion}")
    assert "Ejecutado" in certificada
    assert "Pagado" not in certificada


def test_se_pregunta_si_llego_bien_mientras_sirve_decirlo(ente: Ente, sesion_web: Web) -> None:
    """Not while a claim holds it, nor once it was said to be paid."""
    certificacion = ente.certificar()
    reclamada = ente.aprobar(ente.pedir(ente.sostener(), certificacion).id)
    pagada = ente.aprobar(ente.pedir(ente.sostener("Poncho"), certificacion).id)
    pedidos = [_pedido(str(c.id)) for c in (reclamada, pagada)]
    for pedido in pedidos:
        ente.mercado.llevar(pedido, "EMA", "EMI")
    entregar_pendientes()
    berta, nora = sesion_web(ente.entidad.persona), sesion_web(ente.nora)
    paginas = [f"/compras-de-catalogo/{c.id}" for c in (reclamada, pagada)]
    assert all("¿Llegó bien?" in _texto(nora, p) for p in paginas)
    with transaccion() as sesion:
        reclamar.abrir(sesion, ente.entidad.actor, pedidos[0].id, MotivoReclamo.DANADO, "Llegó roto")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.receptora, pedidos[1].id)
    with transaccion() as sesion:
        pago = comercio.PagoFuera("4471", fecha_bolivia(ahora()))
        comercio.anotar_pago_fuera(sesion, ente.actora, pedidos[1].id, pago)
    assert all("¿Llegó bien?" not in _texto(nora, p) for p in paginas)
    detenida = _texto(berta, paginas[0])
    assert "El pago lo detiene un reclamo." in detenida
    assert f'href="/pedidos/{pedidos[0].id}"' in detenida
    assert "El pago lo detiene un reclamo." not in _texto(berta, paginas[1])


def test_lo_que_no_se_entrega_libera_lo_comprometido(ente: Ente, cliente: Any) -> None:
    certificacion = ente.certificar()
    compra = ente.pedir(ente.sostener(), certificacion)
    ente.aprobar(compra.id)
    assert ente.de(certificacion) == ("400.00", "0.00", "600.00")
    ente.mercado.reloj.adelantar(timedelta(days=40))
    assert cancelar_vencidos() == 1
    entregar_pendientes()
    assert ente.de(certificacion) == ("0.00", "0.00", "1000.00")
    publica = _texto(cliente, f"/compras-de-catalogo/{compra.id}")
    assert "lo comprometido volvió a la certificación" in publica
    pedido = _pedido(str(compra.id)).id
    with transaccion() as sesion:
        assert not seguir(sesion, pedido)  # told again, nothing happens


def test_una_certificacion_que_no_alcanza_se_dice_y_nada_cambia(
    ente: Ente, sesion_web: Web, leer: Callable[..., Any]
) -> None:
    certificacion = ente.certificar("399.99")
    oferta = ente.sostener()
    negada = _pedir(sesion_web(ente.entidad.persona), ente, oferta, certificacion)
    assert negada.status_code == 409
    texto = negada.text.replace("\xa0", " ")
    assert "De la certificación 0412 quedan Bs 399,99, y la compra es de Bs 400,00" in texto
    assert leer("SELECT count(*) FROM feria_compra_de_catalogo") == [(0,)]
    assert ente.de(certificacion) == ("0.00", "0.00", "399.99")


def _conforme(ente: Ente) -> Pedido:
    compra = ente.aprobar(ente.pedir(ente.sostener(), ente.certificar()).id)
    pedido = _pedido(str(compra.id))
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.receptora, pedido.id)
    entregar_pendientes()
    return pedido


def test_lo_que_paga_tesoreria_nadie_lo_toma_de_la_cuenta(
    ente: Ente, sesion_web: Web, leer: Callable[..., Any]
) -> None:
    """Said when it is approved: with money in the account, on its day only the arrears begin."""
    compra = ente.pedir(ente.sostener(), ente.certificar())
    carla, una = sesion_web(ente.carla), f"/compras-de-catalogo/{compra.id}"
    por_decidir = _texto(carla, una)
    assert "se toman de la cuenta" in por_decidir
    datos = {"_id": oculto(por_decidir, "_id"), "se_paga_con": "c31"}
    assert carla.post(una + "/aprobacion", data=datos).headers["location"] == una
    pedido = _pedido(str(compra.id))
    ente.abonar(ente.entidad.unidad, "500.00")
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.receptora, pedido.id)
    entregar_pendientes()
    ente.mercado.reloj.adelantar(timedelta(days=1))
    assert (liberar_vencidas(), liberar_vencidas()) == (0, 0)
    assert leer("SELECT intentos, falla FROM comercio_compromiso") == [(1, None)]
    suya = _texto(sesion_web(ente.carla), una)
    assert "Con un C-31 del Tesoro" in suya
    assert "La paga tesorería: anote el C-31 con que se pagó." in suya
    ente.mercado.reloj.adelantar(timedelta(days=100))
    assert liberar_vencidas() == 0
    assert leer("SELECT intentos FROM comercio_compromiso") == [(1,)]  # it already waits
    assert [revisar_compromisos() for _vez in range(3)] == [1, 0, 0]  # late or owed, never taken
    assert leer("SELECT estado FROM comercio_compromiso") == [("adeudado",)]


def _pagar_sin_mirar(pedido_id: UUID) -> None:
    with transaccion() as sesion:
        custodia = sesion.get_one(Custodia, pedido_id)
        comprometer.pagar_lo_comprometido(sesion, custodia, comprometer.SISTEMA)


def test_quien_paga_elige_con_que_antes_de_que_se_pague(
    ente: Ente, sesion_web: Web, leer: Callable[..., Any]
) -> None:
    pedido = _conforme(ente)
    ente.abonar(ente.entidad.unidad, "500.00")
    carla, una = sesion_web(ente.carla), f"/compras-de-catalogo/{pedido.compra_id}"
    pagina = _texto(carla, una)
    cuenta = leer("SELECT cuenta_comprador FROM comercio_custodia WHERE pedido_id = :p", p=pedido.id)[0][0]
    assert f"La cuenta {cuenta} de la entidad" in pagina
    c31 = {"se_paga_con": "c31"}
    assert sesion_web(ente.entidad.persona).post(una + "/con-que-se-paga", data=c31).status_code == 403
    assert carla.post(una + "/con-que-se-paga", data=c31).headers["location"] == una
    assert liberar_vencidas() == 0
    sin_mirar = mock.patch.object(comprometer, "elegir_con_que")
    with sin_mirar, pytest.raises(IntegrityError, match="no dicen lo mismo"):
        _pagar_sin_mirar(pedido.id)
    assert carla.post(una + "/con-que-se-paga", data={"se_paga_con": "cuenta"}).status_code == 303
    assert liberar_vencidas() == 1
    assert carla.post(una + "/con-que-se-paga", data=c31).status_code == 409


def test_de_la_cuenta_lo_deja_quien_puede_pagar_tanto(
    ente: Ente, crear_persona: Callable[..., Any], sesion_web: Web, leer: Callable[..., Any]
) -> None:
    """To the treasury, whoever pays for the entity; her page offers what she may."""
    pedido = _conforme(ente)
    gina = crear_persona("Gina")
    dar_mandato(ente.entidad.unidad, gina, Facultad.PAGAR, monto_limite=bs("100.00"))
    suya, una = sesion_web(gina), f"/compras-de-catalogo/{pedido.compra_id}"
    con = "SELECT se_paga_con FROM comercio_compromiso"
    visto = suya.get(una).text
    assert ('value="c31"' in visto, 'value="cuenta"' in visto) == (True, False)
    assert suya.post(una + "/con-que-se-paga", data={"se_paga_con": "c31"}).status_code == 303
    assert leer(con) == [("c31",)]
    assert suya.post(una + "/con-que-se-paga", data={"se_paga_con": "cuenta"}).status_code == 403
    assert leer(con) == [("c31",)]


def test_lo_que_se_dio_por_pagado_y_no_llego_vuelve_a_deberse(
    ente: Ente, sesion_web: Web, cliente: Any
) -> None:
    """Also its purchase: what was public as paid is said to be owed."""
    pedido = _conforme(ente)
    carla, una = sesion_web(ente.carla), f"/compras-de-catalogo/{pedido.compra_id}"
    hoy = fecha_bolivia(ahora()).isoformat()
    errado = {"medio": "c31", "comprobante": "4417", "fecha": hoy}
    assert carla.post(una + "/pago", data=errado).headers["location"] == una
    assert "Corregir el C-31" in _texto(carla, una)
    corregido = {"medio": "c31", "comprobante": "4471", "fecha": hoy}
    assert carla.post(una + "/pago", data=corregido).headers["location"] == una
    dicho = _texto(carla, una)
    assert "La entidad corrigió el C-31: C-31 4471" in dicho
    assert "La entidad corrigió" not in _texto(cliente, una)
    ente.mercado.reloj.adelantar(timedelta(days=60))
    revisar_compromisos()
    assert seguir_compras() == 1
    assert cliente.get("/api/v1" + una).json()["estado"] == "pagada"
    with transaccion() as sesion:
        responder_pago_fuera(sesion, ente.mercado.actor_vendedor, pedido.id, llego=False)
    entregar_pendientes()
    api = cliente.get("/api/v1" + una).json()
    assert (api["estado"], api["terminada_en"]) == ("recibida", None)
    assert api["presupuesto"]["adeudado"]["monto"] == "400.00"
    ente.abonar(ente.entidad.unidad, "500.00")
    carla = sesion_web(ente.carla)  # sixty days later
    assert carla.post(una + "/pago", data={"medio": "libro"}).headers["location"] == una
    assert cliente.get("/api/v1" + una).json()["estado"] == "pagada"
