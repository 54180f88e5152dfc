"""What people write, read in one place: pages, the API, addresses of pages and files call the same reader.

A reader takes a text and gives the value, or raises `Ilegible` (a `ValueError`) with what to write instead.
Nothing is guessed: what could be two things is `Ambiguo` and names both. Texts keep nothing invisible.
"""

from nucleo.lectores.cantidades import leer_cantidad, leer_entero, leer_movimiento, leer_porcentaje
from nucleo.lectores.coordenadas import leer_coordenada
from nucleo.lectores.direcciones import leer_direccion
from nucleo.lectores.documentos import Carnet, Cedula, Nit, leer_carnet, leer_nit
from nucleo.lectores.entrada import Entrada
from nucleo.lectores.errores import Ambiguo, Ilegible, Preciso
from nucleo.lectores.fechas import Fecha, Momento, leer_fecha, leer_momento
from nucleo.lectores.horas import en_horas, horario_para_escribir, leer_horario
from nucleo.lectores.montos import PrecioUnitario, leer_monto, leer_precio, total_de_linea
from nucleo.lectores.nombres import ES_NOMBRE, como_se_escribe, iniciales, leer_nombre
from nucleo.lectores.numeros import DecimalPlano, Entero, Marca, NumeroDeRuta, en_cifras, para_escribir
from nucleo.lectores.telefonos import Telefono, TelefonoONada, es_celular, formato_telefono, leer_telefono
from nucleo.lectores.textos import (
    ROTA,
    escrito,
    leer_linea,
    leer_texto,
    limpiar,
    para_buscar,
    sin_acentos,
    texto_limpio,
    texto_obligatorio,
    texto_opcional,
)

__all__ = [
    "ES_NOMBRE",
    "ROTA",
    "Ambiguo",
    "Carnet",
    "Cedula",
    "DecimalPlano",
    "Entero",
    "Entrada",
    "Fecha",
    "Ilegible",
    "Marca",
    "Momento",
    "Nit",
    "NumeroDeRuta",
    "PrecioUnitario",
    "Preciso",
    "Telefono",
    "TelefonoONada",
    "como_se_escribe",
    "en_cifras",
    "en_horas",
    "es_celular",
    "escrito",
    "formato_telefono",
    "horario_para_escribir",
    "iniciales",
    "leer_cantidad",
    "leer_carnet",
    "leer_coordenada",
    "leer_direccion",
    "leer_entero",
    "leer_fecha",
    "leer_horario",
    "leer_linea",
    "leer_momento",
    "leer_monto",
    "leer_movimiento",
    "leer_nit",
    "leer_nombre",
    "leer_porcentaje",
    "leer_precio",
    "leer_telefono",
    "leer_texto",
    "limpiar",
    "para_buscar",
    "para_escribir",
    "sin_acentos",
    "texto_limpio",
    "texto_obligatorio",
    "texto_opcional",
    "total_de_linea",
]
