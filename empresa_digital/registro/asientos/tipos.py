"""What an entry may record. The values are what the database stores and the API shows."""

from enum import StrEnum


class Operacion(StrEnum):
    """What an entry (asiento) records."""

    CREAR = "crear"
    EDITAR = "editar"
    RECTIFICAR = "rectificar"
    PRESENTAR = "presentar"
    OBSERVAR = "observar"
    INSCRIBIR = "inscribir"
    SUSPENDER = "suspender"
    REHABILITAR = "rehabilitar"
    CANCELAR = "cancelar"
    RESTAURAR = "restaurar"
    OTORGAR_MANDATO = "otorgar_mandato"
    ACEPTAR_MANDATO = "aceptar_mandato"
    REVOCAR_MANDATO = "revocar_mandato"
    SOLICITAR_HABILITACION = "solicitar_habilitacion"
    OTORGAR_HABILITACION = "otorgar_habilitacion"
    RECHAZAR_HABILITACION = "rechazar_habilitacion"
    SUSPENDER_HABILITACION = "suspender_habilitacion"
