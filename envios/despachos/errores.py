"""What can go wrong with bags, manifests and rounds, each with a stable `codigo`."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class SacaNoEncontrada(NoEncontrado):
    codigo = "saca_no_encontrada"
    titulo = _l("No existe esa saca")


class DespachoNoEncontrado(NoEncontrado):
    codigo = "despacho_no_encontrado"
    titulo = _l("No existe ese despacho")


class DiferenciaNoEncontrada(NoEncontrado):
    codigo = "diferencia_no_encontrada"
    titulo = _l("No existe esa diferencia")


class HojaNoEncontrada(NoEncontrado):
    codigo = "hoja_de_ruta_no_encontrada"
    titulo = _l("No existe esa hoja de ruta")


class NumeroIlegible(DatosInvalidos):
    codigo = "numero_ilegible"
    titulo = _l("Ese número no se puede leer")


class PasoDeSaca(TransicionInvalida):
    codigo = "paso_de_saca"
    titulo = _l("La saca no puede pasar a ese estado")


class PasoDeDespacho(TransicionInvalida):
    codigo = "paso_de_despacho"
    titulo = _l("El despacho no puede pasar a ese estado")


class PasoDeDiferencia(TransicionInvalida):
    codigo = "paso_de_diferencia"
    titulo = _l("La diferencia no puede pasar a ese estado")


class PasoDeHoja(TransicionInvalida):
    codigo = "paso_de_hoja_de_ruta"
    titulo = _l("La hoja de ruta no puede pasar a ese estado")


class YaEstaDentro(Conflicto):
    """An item travels in one bag, or loose in one manifest, at a time."""

    codigo = "ya_esta_dentro"
    titulo = _l("El envío ya está en otra carga")


class NoEstaDentro(Conflicto):
    codigo = "no_esta_dentro"
    titulo = _l("El envío no está en esta carga")


class SinCarga(Conflicto):
    codigo = "sin_carga"
    titulo = _l("No hay nada dentro")


class OtroCamino(Conflicto):
    """A bag goes from where it was filled to where it is opened, in one manifest."""

    codigo = "otro_camino"
    titulo = _l("La saca va a otra parte")


class NoLeToca(Conflicto):
    """What was read should not go there, or not yet: whoever means it insists (`insiste`)."""

    codigo = "no_le_toca"
    titulo = _l("A ese envío no le toca ir ahí")


class NoSePuedeCargar(Conflicto):
    codigo = "no_se_puede_cargar"
    titulo = _l("Ese envío no se puede cargar")
