"""What can be wrong with a reading, each with a stable `codigo`."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class OtraPersona(Conflicto):
    codigo = "cola_de_otra_persona"
    titulo = _l("Esas lecturas son de otra persona")


class AgenciaDeOtro(DatosInvalidos):
    codigo = "agencia_de_otro_operador"
    titulo = _l("La agencia es de otro operador")


class EscaneoNoEncontrado(NoEncontrado):
    codigo = "escaneo_no_encontrado"
    titulo = _l("No existe esa lectura")


class EscaneoTerminado(Conflicto):
    codigo = "escaneo_terminado"
    titulo = _l("Esa lectura ya terminó")


class NoSeLee(DatosInvalidos):
    codigo = "no_se_lee"
    titulo = _l("Eso no se anota con el escáner")


class EntregaSinPrueba(DatosInvalidos):
    codigo = "entrega_sin_prueba"
    titulo = _l("La entrega no tiene prueba")


class PaginaUsada(Conflicto):
    codigo = "pagina_usada"
    titulo = _l("Esa página ya se usó")


class FotoIlegible(DatosInvalidos):
    codigo = "foto_ilegible"
    titulo = _l("La foto no se pudo leer")
