"""The life of an order after it is paid."""

from comercio.pedidos.avanzar import del_comprador, es_comprador, exigir_comprador, exigir_vendedor
from comercio.pedidos.avisos import AVISO_PEDIDO, AVISO_VENTA, avisar_comprador
from comercio.pedidos.bloqueos import (
    bloquear_pedido,
    bloquear_pedidos,
    bloquear_sus_pedidos,
    servicio_bloqueado,
)
from comercio.pedidos.cancelar import quitar_de_acuerdo
from comercio.pedidos.ceder import ceder, lo_que_deben, lo_que_hay
from comercio.pedidos.conformes import Receptor, registrar_receptor
from comercio.pedidos.consultas import (
    detalle_pedido,
    detalle_propio,
    operadores,
    pedidos_del_comprador,
    ventas_de,
)
from comercio.pedidos.cumplir import (
    cancelar,
    concluir,
    dar_conformidad,
    declarar_prestado,
    despachar,
    preparar,
    prestar,
)
from comercio.pedidos.esquemas import CantidadDeLinea, por_linea
from comercio.pedidos.lineas import (
    NADA,
    LineaDePedido,
    canceladas_desde,
    entregados_con,
    exigir_cantidades,
    lineas_del_pedido,
    paquete_por_llevar,
    paquetes_de,
)
from comercio.pedidos.mandado import falta_a_quien_vendio
from comercio.pedidos.paquetes import anular_anunciado, anunciar
from comercio.pedidos.plazos import liberacion, no_recibido, sin_entrega
from comercio.pedidos.por_reclamo import devolver_al_banco, devolver_por_reclamo
from comercio.pedidos.posventa import Salida, salida
from comercio.pedidos.tareas import dar_por_conformes, liberar_vencidas
from comercio.pedidos.vistas import como_va

__all__ = [
    "AVISO_PEDIDO",
    "AVISO_VENTA",
    "NADA",
    "CantidadDeLinea",
    "LineaDePedido",
    "Receptor",
    "Salida",
    "anular_anunciado",
    "anunciar",
    "avisar_comprador",
    "bloquear_pedido",
    "bloquear_pedidos",
    "bloquear_sus_pedidos",
    "canceladas_desde",
    "cancelar",
    "ceder",
    "como_va",
    "concluir",
    "dar_conformidad",
    "dar_por_conformes",
    "declarar_prestado",
    "del_comprador",
    "despachar",
    "detalle_pedido",
    "detalle_propio",
    "devolver_al_banco",
    "devolver_por_reclamo",
    "entregados_con",
    "es_comprador",
    "exigir_cantidades",
    "exigir_comprador",
    "exigir_vendedor",
    "falta_a_quien_vendio",
    "liberacion",
    "liberar_vencidas",
    "lineas_del_pedido",
    "lo_que_deben",
    "lo_que_hay",
    "no_recibido",
    "operadores",
    "paquete_por_llevar",
    "paquetes_de",
    "pedidos_del_comprador",
    "por_linea",
    "preparar",
    "prestar",
    "quitar_de_acuerdo",
    "registrar_receptor",
    "salida",
    "servicio_bloqueado",
    "sin_entrega",
    "ventas_de",
]
