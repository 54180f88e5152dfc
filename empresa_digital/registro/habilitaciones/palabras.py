"""The words and colours of the qualities."""

from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion, Habilitacion

ESTADOS_DE_HABILITACION: dict[EstadoHabilitacion, tuple[str, str]] = {
    EstadoHabilitacion.SOLICITADA: ("Solicitada", "info"),
    EstadoHabilitacion.OTORGADA: ("Otorgada", "bien"),
    EstadoHabilitacion.RECHAZADA: ("Rechazada", "mal"),
    EstadoHabilitacion.SUSPENDIDA: ("Suspendida", "aviso"),
}


HABILITACIONES: dict[Habilitacion, str] = {
    Habilitacion.VENDEDOR: "Vender en la tienda",
    Habilitacion.PROVEEDOR_DEL_ESTADO: "Proveer al Estado",
    Habilitacion.OPERADOR_POSTAL: "Operar el servicio postal",
    Habilitacion.ENTIDAD_CONTRATANTE: "Contratar como entidad pública",
    Habilitacion.RECEPTOR_DE_PAGOS: "Recibir pagos electrónicos",
    Habilitacion.AUTORIDAD_REGULADORA: "Regular el registro",
}
