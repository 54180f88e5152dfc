"""What an entity orders from who won."""

from feria_inversa.contratos.aceptacion import aceptar_con
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.conclusion import conclusion
from feria_inversa.contratos.consultas import (
    Ganada,
    OrdenCompleta,
    lineas_de_orden,
    ordenes_completas,
    ordenes_de,
    por_ordenar,
)
from feria_inversa.contratos.entregas import entregar, recibir
from feria_inversa.contratos.esquemas import (
    EntregaEntrada,
    GarantiaEntrada,
    LineaDeEntrega,
    ModificacionEntrada,
    PagoEntrada,
    RecepcionEntrada,
    SinEfectoEntrada,
)
from feria_inversa.contratos.estados import (
    ORDENES_CAIDAS,
    ClaseDeGarantia,
    EstadoEntrega,
    EstadoModificacion,
    EstadoOrden,
    nombre_estado_orden,
    tono_orden,
)
from feria_inversa.contratos.forma import FormaDeContrato, forma_de
from feria_inversa.contratos.formularios import SIN_EFECTO, HojaDeSinEfecto
from feria_inversa.contratos.garantias import registrar_garantia
from feria_inversa.contratos.historial import Historial, historiales_de
from feria_inversa.contratos.modificaciones import firmar_modificacion, proponer_modificacion
from feria_inversa.contratos.ordenes import emitir_con, emitir_ordenes
from feria_inversa.contratos.pagos import pagar, por_pagar

__all__ = [
    "ORDENES_CAIDAS",
    "SIN_EFECTO",
    "ClaseDeGarantia",
    "EntregaEntrada",
    "EstadoEntrega",
    "EstadoModificacion",
    "EstadoOrden",
    "FormaDeContrato",
    "Ganada",
    "GarantiaEntrada",
    "Historial",
    "HojaDeSinEfecto",
    "LineaDeEntrega",
    "ModificacionEntrada",
    "OrdenCompleta",
    "PagoEntrada",
    "RecepcionEntrada",
    "SinEfectoEntrada",
    "aceptar_con",
    "conclusion",
    "dejar_sin_efecto",
    "emitir_con",
    "emitir_ordenes",
    "entregar",
    "firmar_modificacion",
    "forma_de",
    "historiales_de",
    "lineas_de_orden",
    "nombre_estado_orden",
    "ordenes_completas",
    "ordenes_de",
    "pagar",
    "por_ordenar",
    "por_pagar",
    "proponer_modificacion",
    "recibir",
    "registrar_garantia",
    "tono_orden",
]
