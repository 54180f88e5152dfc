"""Rows of what a public entity committed for an order: who sold says whether what it paid outside came."""

from uuid import UUID

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import REGULADOR, fila, no
from tests.autorizacion.matriz_comercio import VENDE, VENTAS
from tests.autorizacion.mercado import ENTREGA, entregar, publicar


def preparar(e: Escena) -> None:
    """Two orders of the municipality: one that it says it paid, and one that it has not."""
    from comercio.comprometidos import PagoFuera, anotar_pago_fuera
    from comercio.pedidos.cumplir import dar_conformidad
    from empresa_digital.registro import Facultad, exigir_facultad
    from nucleo.bd import transaccion
    from nucleo.dinero import bs
    from nucleo.ids import nuevo_id
    from nucleo.reloj import fecha_bolivia
    from pagos.presupuesto import certificar

    alberto, alcaldia = e.actor("alberto"), e.unidades["alcaldia"].id
    certificado = nuevo_id()
    with transaccion() as sesion:
        quien = exigir_facultad(sesion, alberto, alcaldia, Facultad.PAGAR)
        certificar(sesion, quien, certificado, bs("200.00"), id=nuevo_id())
    e.valores["pedido_comprometido"] = _ordenado(e, certificado)
    e.valores["pedido_pagado_fuera"] = pedido_id = entregar(e, _ordenado(e, certificado))
    with transaccion() as sesion:
        dar_conformidad(sesion, alberto, pedido_id)
    with transaccion() as sesion:
        anotar_pago_fuera(sesion, alberto, pedido_id, PagoFuera("C31-17", fecha_bolivia()))


def _ordenado(e: Escena, certificado: UUID) -> UUID:
    from comercio.catalogo.opciones import variante_pedida
    from comercio.compra import CompromisoDeCompra, SolicitudCompra
    from comercio.compra.hacer import comprar, pedidos_de
    from comercio.custodia import SePagaCon
    from comercio.custodia.comprometer import Certificacion
    from comercio.direcciones import Entrega
    from nucleo.bd import transaccion
    from nucleo.dinero import bs, cero
    from nucleo.ids import nuevo_id
    from pagos import TipoCuenta, cuenta_de_unidad

    alcaldia, producto = e.unidades["alcaldia"].id, publicar(e, "Manta de la entidad")
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, alcaldia, TipoCuenta.COMERCIO)
        de = Certificacion(alcaldia, certificado, "CP-2026-17")
        orden = SolicitudCompra(
            id=nuevo_id(),
            unidad_id=alcaldia,
            entrega=Entrega.model_validate(ENTREGA),
            total=bs("50.00"),
            porte=cero(),
            lineas=((variante_pedida(sesion, producto), 1),),
            compromiso=CompromisoDeCompra(de, cuenta, SePagaCon.CUENTA, None),
        )
        (pedido,) = pedidos_de(sesion, comprar(sesion, e.actor("alberto"), orden).id)
        return pedido.id


_DICHO = {"params": {"pedido_id": "pedido_pagado_fuera"}, "rechazo": 404}
_SIN_PAGAR = {"pedido_id": "pedido_comprometido"}
_PAGINA = "/vender/pedidos/{pedido_id}/pago-de-entidad"

FILAS = [
    fila(
        "POST",
        "/api/v1/pedidos/{pedido_id}/pago-de-entidad",
        VENDE,
        204,
        json={"llego": False},
        **_DICHO,
        alcance="pedidos",
        maquina=404,
        con_otros="propone",
        negada=no(409, "transicion_invalida", params=_SIN_PAGAR),
    ),
    fila("GET", _PAGINA, VENDE, 200, **_DICHO),
    fila(
        "POST",
        _PAGINA,
        VENDE,
        303,
        form={"llego": "1"},
        a="/vender/pedidos/",
        **_DICHO,
        con_otros="propone",
        negada=no(409, "Nadie espera su respuesta", params=_SIN_PAGAR),
    ),
    fila("GET", "/vender/deudas", VENTAS, 200),
    fila("GET", "/regulador/entidades-que-deben", REGULADOR, 200),
]

HISTORIA = {0: preparar}
CONSTANTES: dict[str, object] = {}
