"""Words of the history: formats, and why a line or a cell is not in."""

from feria_inversa.importar.estados import Formato, Motivo, Que
from nucleo.textos import perezoso as _l

FORMATOS: dict[Formato, str] = {
    Formato.CONVOCATORIAS: _l("Convocatorias"),
    Formato.PROCESOS: _l("Procesos con sus totales"),
    Formato.ITEMS: _l("Ítems"),
    Formato.ADJUDICADOS: _l("Adjudicados"),
}
QUE: dict[Que, str] = {
    Que.ILEGIBLE: _l("No se leyó"),
    Que.REPETIDO: _l("Repetida"),
    Que.AVISO: _l("Se leyó, con aviso"),
}
MOTIVOS: dict[Motivo, str] = {
    Motivo.LARGA: _l("La línea es demasiado larga: más de 64 KB."),
    Motivo.NULO: _l("La línea tiene bytes nulos."),
    Motivo.COMILLAS: _l("Tiene comillas sin cerrar o mal puestas."),
    Motivo.CODIFICACION: _l("No está en UTF-8 ni en Windows-1252."),
    Motivo.COLUMNAS: _l("No tiene tantas columnas como el encabezado."),
    Motivo.CUCE: _l("No tiene un CUCE que se entienda."),
    Motivo.REPETIDO: _l("Dice lo mismo que otra línea: se guarda una vez."),
    Motivo.OTRA_VERSION: _l(
        "Otra línea dice otra cosa de lo mismo: se guardan las dos y rige la última vista."
    ),
    Motivo.EN_1252: _l("No está en UTF-8: se leyó como Windows-1252."),
    Motivo.FECHA: _l("No es una fecha como 2024-03-31: quedó vacía."),
    Motivo.FECHA_IMPOSIBLE: _l("Es una fecha imposible: quedó vacía."),
    Motivo.NUMERO: _l("No es un número: quedó vacío."),
    Motivo.FUERA_DE_RANGO: _l("Es un número negativo o demasiado grande: quedó vacío."),
    Motivo.LOGICO: _l("No dice ni sí ni no: quedó vacío."),
    Motivo.DEPARTAMENTO: _l("No es un departamento: quedó vacío."),
    Motivo.UNSPSC: _l("No es un código UNSPSC: se guarda como se escribió."),
    Motivo.MEDIDA: _l("No se entiende la unidad de medida: se guarda como se escribió."),
    Motivo.REDONDEADO: _l("Tiene más decimales que los que se guardan: se redondeó."),
    Motivo.TEXTO_LARGO: _l("El texto es demasiado largo: se cortó."),
}
