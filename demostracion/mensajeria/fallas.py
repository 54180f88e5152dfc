"""How the second operator's system misbehaves on demand."""

from enum import StrEnum


class Falla(StrEnum):
    """`CAIDA`: it sends nothing. `SIN_RESPUESTA`: what it sent arrived, and it never knew. `MEDIO_LOTE`: it
    stops in the middle of a batch. `CORTADO`: half the bytes arrive. `FIRMA_MALA`: its token is not its own.
    """

    TARDE = "tarde"
    DOBLE = "doble"
    DESORDEN = "desorden"
    CODIGO_RARO = "codigo_raro"
    NUMERO_AJENO = "numero_ajeno"
    RELOJ_ADELANTADO = "reloj_adelantado"
    SIN_LEER = "sin_leer"
    ID_REPETIDO = "id_repetido"
    CAIDA = "caida"
    SIN_RESPUESTA = "sin_respuesta"
    MEDIO_LOTE = "medio_lote"
    CORTADO = "cortado"
    FIRMA_MALA = "firma_mala"
