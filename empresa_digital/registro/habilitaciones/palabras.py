"""The words and colours of the qualities."""

from empresa_digital.registro.catalogos import Habilitacion
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion
from nucleo.textos import perezoso as _l

ESTADOS_DE_HABILITACION: dict[EstadoHabilitacion, tuple[str, str]] = {
    EstadoHabilitacion.SOLICITADA: (_l("Solicitada"), "info"),
    EstadoHabilitacion.OTORGADA: (_l("Otorgada"), "bien"),
    EstadoHabilitacion.RECHAZADA: (_l("Rechazada"), "mal"),
    EstadoHabilitacion.SUSPENDIDA: (_l("Suspendida"), "aviso"),
}


HABILITACIONES: dict[Habilitacion, str] = {
    Habilitacion.VENDEDOR: _l("Vender en la tienda"),
    Habilitacion.PROVEEDOR_DEL_ESTADO: _l("Proveer al Estado"),
    Habilitacion.OPERADOR_POSTAL: _l("Operar el servicio postal"),
    Habilitacion.OPERADOR_DESIGNADO: _l("Ser el operador postal designado (numera S10)"),
    Habilitacion.ENTIDAD_CONTRATANTE: _l("Contratar como entidad pública"),
    Habilitacion.RECEPTOR_DE_PAGOS: _l("Recibir pagos electrónicos"),
    Habilitacion.AUTORIDAD_REGULADORA: _l("Regular el registro"),
}
